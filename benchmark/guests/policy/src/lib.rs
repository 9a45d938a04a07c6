//! A policy engine: the policy comes with the request, from somebody who is not trusted.
//!
//!     POST /        lines of a policy, a line `---`, lines of facts; answers {"decision":"allow","line":2}
//!     GET  /spin    never ends by itself
//!
//! A line of a policy is `allow IF…` or `deny IF…`, where IF is `NAME = VALUE`, `NAME != VALUE`, `NAME < NUMBER`,
//! `NAME > NUMBER` or `NAME in VALUE,VALUE…`, several with `and` between them. The first line that holds decides;
//! if none does, it is `deny`. A fact is `NAME=VALUE`.
wit_bindgen::generate!({ path: "../target/wit", world: "web", generate_all });

#[path = "../../http.rs"]
mod http;
mod engine;

use exports::wasi::http::incoming_handler::Guest;
use wasi::http::types::{IncomingRequest, ResponseOutparam};

const MOST_BODY: usize = 64 * 1024;

struct Policy;
export!(Policy);

impl Guest for Policy {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        if request.path_with_query().as_deref() == Some("/spin") {
            spin();
        }
        let text = http::body(&request, MOST_BODY).and_then(|bytes| String::from_utf8(bytes).ok());
        match text.as_deref().and_then(|text| text.split_once("\n---\n")) {
            None => http::send(out, 400, "text/plain", b"send a policy, a line ---, and facts\n"),
            Some((policy, facts)) => match engine::decide(policy, facts) {
                Ok(decision) => http::send(out, 200, "application/json", decision.as_bytes()),
                Err(why) => http::send(out, 400, "text/plain", why.as_bytes()),
            },
        }
    }
}

fn spin() -> ! {
    let mut round = 0u32;
    loop {
        round = core::hint::black_box(round.wrapping_mul(31).wrapping_add(7));
    }
}
