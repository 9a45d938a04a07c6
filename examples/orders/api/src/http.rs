//! Requests' bodies and responses.
use crate::wasi::http::types::{Fields, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam};
use crate::wasi::io::streams::StreamError;

const MOST_BODY: usize = 4096;
/// What a stream takes at once.
const CHUNK: usize = 4096;

/// A status and a text for whoever asked.
pub struct Failure(pub u16, pub String);

pub struct Reply {
    status: u16,
    content_type: &'static str,
    body: Vec<u8>,
}

impl Reply {
    pub fn page(text: &str) -> Reply {
        Reply { status: 200, content_type: "text/html; charset=utf-8", body: text.into() }
    }

    /// JSON with this status, or what went wrong.
    pub fn of(status: u16, result: Result<Vec<u8>, Failure>) -> Reply {
        match result {
            Ok(body) => Reply { status, content_type: "application/json", body },
            Err(Failure(status, text)) => Reply::error(status, &text),
        }
    }

    pub fn error(status: u16, text: &str) -> Reply {
        let body = serde_json::json!({ "error": text }).to_string().into_bytes();
        Reply { status, content_type: "application/json", body }
    }

    pub fn send(self, out: ResponseOutparam) {
        let headers = Fields::new();
        let _ = headers.set("content-type", &[self.content_type.into()]);
        let _ = headers.set("cache-control", &[b"no-store".to_vec()]);
        let response = OutgoingResponse::new(headers);
        let _ = response.set_status_code(self.status);
        let body = response.body().expect("a new response has a body");
        ResponseOutparam::set(out, Ok(response));
        let stream = body.write().expect("a new body has a stream");
        for chunk in self.body.chunks(CHUNK) {
            if stream.blocking_write_and_flush(chunk).is_err() {
                return; // whoever asked has gone
            }
        }
        drop(stream);
        let _ = OutgoingBody::finish(body, None);
    }
}

pub fn body(request: &IncomingRequest) -> Result<Vec<u8>, Failure> {
    let unreadable = || Failure(400, "the body cannot be read".into());
    let body = request.consume().map_err(|()| unreadable())?;
    let stream = body.stream().map_err(|()| unreadable())?;
    let mut all = Vec::new();
    loop {
        match stream.blocking_read(CHUNK as u64) {
            Ok(bytes) => all.extend(bytes),
            Err(StreamError::Closed) => return Ok(all),
            Err(StreamError::LastOperationFailed(_)) => return Err(unreadable()),
        }
        if all.len() > MOST_BODY {
            return Err(Failure(413, format!("an order has at most {MOST_BODY} bytes")));
        }
    }
}
