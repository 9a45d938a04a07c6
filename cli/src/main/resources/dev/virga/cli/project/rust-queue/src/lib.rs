wit_bindgen::generate!({ path: "wit", world: "app", generate_all });

mod http;

use exports::wasi::http::incoming_handler;
use exports::wasmcloud::messaging::handler;
use wasi::http::types::{IncomingRequest, ResponseOutparam};
use wasi::logging::logging::{log, Level};
use wasmcloud::messaging::consumer;
use wasmcloud::messaging::types::BrokerMessage;

const MOST_BYTES: usize = 64 * 1024;

struct App;
export!(App);

impl handler::Guest for App {
    /// An error has the message delivered again.
    fn handle_message(message: BrokerMessage) -> Result<(), String> {
        let task = String::from_utf8(message.body).map_err(|_| "not UTF-8")?;
        log(Level::Info, "worker", &format!("done: {task}"));
        Ok(())
    }
}

impl incoming_handler::Guest for App {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let Some(body) = http::body(&request, MOST_BYTES) else {
            return http::respond(out, 413, b"at most 64 KiB\n");
        };
        let task = BrokerMessage { subject: "tasks".into(), body, reply_to: None };
        match consumer::publish(&task) {
            Ok(()) => http::respond(out, 202, b"queued\n"),
            Err(why) => http::respond(out, 503, format!("{why}\n").as_bytes()),
        }
    }
}
