//! What the guests that answer HTTP have in common; `bindings` is the including module's.
use crate::wasi::http::types::{Fields, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam};
use crate::wasi::io::streams::StreamError;

/// What a stream takes at once.
const CHUNK: usize = 4096;

pub fn send(out: ResponseOutparam, status: u16, content_type: &str, content: &[u8]) {
    let headers = Fields::new();
    let _ = headers.set("content-type", &[content_type.into()]);
    let _ = headers.set("content-length", &[content.len().to_string().into_bytes()]);
    let response = OutgoingResponse::new(headers);
    let _ = response.set_status_code(status);
    let body = response.body().expect("a new response has a body");
    ResponseOutparam::set(out, Ok(response));
    let stream = body.write().expect("a new body has a stream");
    for chunk in content.chunks(CHUNK) {
        if stream.blocking_write_and_flush(chunk).is_err() {
            return; // whoever asked has gone
        }
    }
    drop(stream);
    let _ = OutgoingBody::finish(body, None);
}

/// The request's body, or nothing if it is longer or broken off.
#[allow(dead_code)]
pub fn body(request: &IncomingRequest, most: usize) -> Option<Vec<u8>> {
    let body = request.consume().ok()?;
    let stream = body.stream().ok()?;
    let mut all = Vec::new();
    loop {
        match stream.blocking_read(CHUNK as u64) {
            Ok(bytes) => all.extend(bytes),
            Err(StreamError::Closed) => return Some(all),
            Err(StreamError::LastOperationFailed(_)) => return None,
        }
        if all.len() > most {
            return None;
        }
    }
}
