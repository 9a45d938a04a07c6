//! Measures calls that leave the component, as it sees them: nanoseconds of each, a line each.
//!
//!     GET /call?N,SIZE             calls virga:benchmark/echo N times with SIZE bytes
//!     GET /fetch?N,AUTHORITY/PATH  sends N requests by HTTP, one after the other
wit_bindgen::generate!({ path: "../target/wit", world: "caller", generate_all });

#[path = "../../http.rs"]
mod http;

use exports::wasi::http::incoming_handler::Guest;
use virga::benchmark::echo::echo;
use wasi::clocks::monotonic_clock::now;
use wasi::http::outgoing_handler;
use wasi::http::types::{Fields, IncomingRequest, OutgoingRequest, ResponseOutparam, Scheme};
use wasi::io::streams::StreamError;

const MOST_BYTES: usize = 1 << 20;

struct Caller;
export!(Caller);

impl Guest for Caller {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let target = request.path_with_query().unwrap_or_default();
        let measured = match target.split_once('?') {
            Some(("/call", query)) => calls(query),
            Some(("/fetch", query)) => fetches(query),
            _ => Err("ask for /call?N,SIZE or /fetch?N,AUTHORITY/PATH\n".into()),
        };
        match measured {
            Ok(lines) => http::send(out, 200, "text/plain", lines.as_bytes()),
            Err(why) => http::send(out, 400, "text/plain", why.as_bytes()),
        }
    }
}

fn calls(query: &str) -> Result<String, String> {
    let (count, size) = query.split_once(',').ok_or("N,SIZE")?;
    let bytes = vec![7u8; size.parse::<usize>().map_err(|_| "SIZE is no number")?.min(MOST_BYTES)];
    repeat(count, || {
        let same = echo(&bytes);
        (same.len() == bytes.len()).then_some(()).ok_or("other bytes came back".into())
    })
}

fn fetches(query: &str) -> Result<String, String> {
    let (count, url) = query.split_once(',').ok_or("N,AUTHORITY/PATH")?;
    let (authority, path) = url.split_once('/').ok_or("AUTHORITY/PATH")?;
    let path = format!("/{path}");
    repeat(count, || fetch(authority, &path))
}

fn repeat(count: &str, mut call: impl FnMut() -> Result<(), String>) -> Result<String, String> {
    let count: u32 = count.parse().map_err(|_| "N is no number")?;
    let mut lines = String::new();
    for _ in 0..count {
        let begun = now();
        call()?;
        lines += &(now() - begun).to_string();
        lines.push('\n');
    }
    Ok(lines)
}

/// A request whose answer is read whole.
fn fetch(authority: &str, path: &str) -> Result<(), String> {
    let request = OutgoingRequest::new(Fields::new());
    request.set_scheme(Some(&Scheme::Http)).map_err(|()| "no scheme")?;
    request.set_authority(Some(authority)).map_err(|()| "no authority")?;
    request.set_path_with_query(Some(path)).map_err(|()| "no path")?;
    let future = outgoing_handler::handle(request, None).map_err(|e| format!("{e:?}\n"))?;
    future.subscribe().block();
    let response = future.get().and_then(Result::ok).ok_or("no answer")?.map_err(|e| format!("{e:?}\n"))?;
    let body = response.consume().map_err(|()| "no body")?;
    let stream = body.stream().map_err(|()| "no stream")?;
    loop {
        match stream.blocking_read(4096) {
            Ok(_) => {}
            Err(StreamError::Closed) => return Ok(()),
            Err(StreamError::LastOperationFailed(e)) => return Err(e.to_debug_string()),
        }
    }
}
