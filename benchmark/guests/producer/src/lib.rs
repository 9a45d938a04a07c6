//! Sends each request's body as a message and answers with what comes back.
wit_bindgen::generate!({ path: "../target/wit", world: "producer", generate_all });

#[path = "../../http.rs"]
mod http;

use exports::wasi::http::incoming_handler::Guest;
use wasi::http::types::{IncomingRequest, ResponseOutparam};
use wasmcloud::messaging::consumer;

const MOST_BODY: usize = 64 * 1024;
const PATIENCE_MS: u32 = 10_000;

struct Producer;
export!(Producer);

impl Guest for Producer {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let Some(body) = http::body(&request, MOST_BODY) else {
            return http::send(out, 400, "text/plain", b"the body cannot be read, or is too long\n");
        };
        match consumer::request("benchmark.work", &body, PATIENCE_MS) {
            Ok(answer) => http::send(out, 200, "application/json", &answer.body),
            Err(why) => http::send(out, 502, "text/plain", why.as_bytes()),
        }
    }
}
