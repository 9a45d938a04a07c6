//! Bodies of requests and responses.
use crate::wasi::http::types::{Fields, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam};
use crate::wasi::io::streams::StreamError;

/// The whole body; none if it is longer than that, or breaks off.
pub fn body(request: &IncomingRequest, most: usize) -> Option<Vec<u8>> {
    let body = request.consume().ok()?;
    let stream = body.stream().ok()?;
    let mut all = Vec::new();
    loop {
        match stream.blocking_read(4096) {
            Ok(bytes) => all.extend(bytes),
            Err(StreamError::Closed) => return Some(all),
            Err(StreamError::LastOperationFailed(_)) => return None,
        }
        if all.len() > most {
            return None;
        }
    }
}

pub fn respond(out: ResponseOutparam, status: u16, content: &[u8]) {
    let response = OutgoingResponse::new(Fields::new());
    let _ = response.set_status_code(status);
    let body = response.body().expect("a new response has a body");
    ResponseOutparam::set(out, Ok(response));
    let stream = body.write().expect("a new body has a stream");
    for chunk in content.chunks(4096) {
        if stream.blocking_write_and_flush(chunk).is_err() {
            return; // whoever asked has gone
        }
    }
    drop(stream);
    let _ = OutgoingBody::finish(body, None);
}
