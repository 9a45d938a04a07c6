//! An HTTP service on wasi:http, with the bindings that Rust's own standard library carries.
//!
//!     GET  /                     a small JSON document
//!     GET  /stream?N             N lines, each flushed on its own
//!     POST /echo                 the body as it comes, its length in the trailer `x-length`
//!     GET  /proxy?URL            what URL answers (needs a grant for outgoing requests)
#![feature(rustc_private)]
extern crate wasip2;

use wasip2::http::outgoing_handler;
use wasip2::http::types::{
    ErrorCode, Fields, IncomingBody, IncomingRequest, Method, OutgoingBody, OutgoingRequest,
    OutgoingResponse, ResponseOutparam, Scheme,
};
use wasip2::io::streams::{InputStream, OutputStream, StreamError};

struct Api;

impl wasip2::exports::http::incoming_handler::Guest for Api {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let target = request.path_with_query().unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target.as_str(), ""));
        match (request.method(), path) {
            (Method::Get | Method::Head, "/") => {
                let body = r#"{"service":"virga-example","ok":true}"#;
                text(out, 200, "application/json", body)
            }
            (Method::Get, "/stream") => stream(out, query.parse().unwrap_or(10)),
            (Method::Post, "/echo") => echo(request, out),
            (Method::Get, "/proxy") => proxy(out, query),
            (_, "/" | "/stream" | "/echo" | "/proxy") => {
                text(out, 405, "text/plain", "method not allowed\n")
            }
            _ => text(out, 404, "text/plain", "no such path; try /, /stream?3, /echo, /proxy?URL\n"),
        }
    }
}

/// Starts a response and hands over its body.
fn respond(out: ResponseOutparam, status: u16, content_type: &str) -> OutgoingBody {
    let headers = Fields::new();
    headers.set("content-type", &[content_type.as_bytes().to_vec()]).unwrap();
    let response = OutgoingResponse::new(headers);
    response.set_status_code(status).unwrap();
    let body = response.body().unwrap();
    ResponseOutparam::set(out, Ok(response));
    body
}

fn text(out: ResponseOutparam, status: u16, content_type: &str, content: &str) {
    let body = respond(out, status, content_type);
    let stream = body.write().unwrap();
    let _ = stream.blocking_write_and_flush(content.as_bytes());
    drop(stream);
    let _ = OutgoingBody::finish(body, None);
}

fn stream(out: ResponseOutparam, lines: u32) {
    let body = respond(out, 200, "text/plain");
    let stream = body.write().unwrap();
    for i in 1..=lines {
        if stream.blocking_write_and_flush(format!("line {i}\n").as_bytes()).is_err() {
            return; // the client has gone
        }
    }
    drop(stream);
    let _ = OutgoingBody::finish(body, None);
}

fn echo(request: IncomingRequest, out: ResponseOutparam) {
    let incoming = request.consume().unwrap();
    let body = respond(out, 200, "application/octet-stream");
    let length = {
        let input = incoming.stream().unwrap();
        let output = body.write().unwrap();
        match copy(&input, &output) {
            Ok(length) => length,
            Err(_) => return,
        }
    };
    let trailers = Fields::new();
    trailers.set("x-length", &[length.to_string().into_bytes()]).unwrap();
    let _ = OutgoingBody::finish(body, Some(trailers));
}

fn copy(input: &InputStream, output: &OutputStream) -> Result<u64, StreamError> {
    let mut length = 0;
    loop {
        match output.blocking_splice(input, 64 * 1024) {
            Ok(n) => length += n,
            Err(StreamError::Closed) => break,
            Err(e) => return Err(e),
        }
    }
    output.blocking_flush()?;
    Ok(length)
}

fn proxy(out: ResponseOutparam, url: &str) {
    match fetch(url) {
        Ok((status, incoming)) => {
            let body = respond(out, status, "application/octet-stream");
            {
                let input = incoming.stream().unwrap();
                let output = body.write().unwrap();
                if copy(&input, &output).is_err() {
                    return;
                }
            }
            let _ = OutgoingBody::finish(body, None);
        }
        Err(reason) => text(out, 502, "text/plain", &format!("{reason}\n")),
    }
}

fn fetch(url: &str) -> Result<(u16, IncomingBody), String> {
    let (scheme, rest) = url.split_once("://").ok_or("the query must be a URL")?;
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, "/"),
    };
    let scheme = match scheme {
        "http" => Scheme::Http,
        "https" => Scheme::Https,
        other => return Err(format!("unknown scheme '{other}'")),
    };
    let request = OutgoingRequest::new(Fields::new());
    request.set_scheme(Some(&scheme)).map_err(|_| "bad scheme")?;
    request.set_authority(Some(authority)).map_err(|_| "bad authority")?;
    request.set_path_with_query(Some(path)).map_err(|_| "bad path")?;
    let failed = |e: ErrorCode| format!("outgoing request failed: {e:?}");
    let future = outgoing_handler::handle(request, None).map_err(failed)?;
    future.subscribe().block();
    let response = future.get().unwrap().unwrap().map_err(failed)?;
    let body = response.consume().map_err(|_| "no body")?;
    Ok((response.status(), body))
}

wasip2::http::proxy::export!(Api with_types_in wasip2);
