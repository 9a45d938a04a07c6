wit_bindgen::generate!({ path: "../wit", world: "app", generate_all });

use exports::wasi::http::incoming_handler::Guest;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use wasi::http::types::{Fields, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam};

struct Api;
export!(Api);

impl Guest for Api {
    fn handle(_request: IncomingRequest, out: ResponseOutparam) {
        match next() {
            Ok(number) => respond(out, 200, &format!("request number {number}")),
            Err(why) => respond(out, 503, &format!("the service does not answer: {why}\n")),
        }
    }
}

fn next() -> std::io::Result<String> {
    let service = TcpStream::connect("127.0.0.1:7777")?;
    writeln!(&service, "next")?;
    let mut answer = String::new();
    BufReader::new(&service).read_line(&mut answer)?;
    Ok(answer)
}

fn respond(out: ResponseOutparam, status: u16, text: &str) {
    let response = OutgoingResponse::new(Fields::new());
    let _ = response.set_status_code(status);
    let body = response.body().expect("a new response has a body");
    ResponseOutparam::set(out, Ok(response));
    let stream = body.write().expect("a new body has a stream");
    let _ = stream.blocking_write_and_flush(text.as_bytes());
    drop(stream);
    let _ = OutgoingBody::finish(body, None);
}
