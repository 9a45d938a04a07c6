//! A wasi:http guest whose paths each behave in one way that a server must cope with. It uses the
//! bindings inside the standard library, so it needs no crates.
#![feature(rustc_private)]
extern crate wasip2;

use wasip2::clocks::monotonic_clock;
use wasip2::http::outgoing_handler;
use wasip2::http::types::*;
use wasip2::io::streams::{InputStream, OutputStream, StreamError};

struct Guest;

/// Begins an answer with status 200.
fn begin(out: ResponseOutparam, headers: &[(&str, &str)]) -> OutgoingBody {
    let response = answer(headers);
    let body = response.body().unwrap();
    ResponseOutparam::set(out, Ok(response));
    body
}

fn answer(headers: &[(&str, &str)]) -> OutgoingResponse {
    let fields = Fields::new();
    for (name, value) in headers {
        fields.append(name, value.as_bytes()).unwrap();
    }
    OutgoingResponse::new(fields)
}

fn write(body: &OutgoingBody, data: &[u8]) -> Result<(), StreamError> {
    let stream = body.write().unwrap();
    data.chunks(4096).try_for_each(|part| stream.blocking_write_and_flush(part))
}

fn text(out: ResponseOutparam, text: &str) {
    let body = begin(out, &[("content-type", "text/plain")]);
    let _ = write(&body, text.as_bytes());
    let _ = OutgoingBody::finish(body, None);
}

/// Moves everything, in pieces.
fn copy(from: &InputStream, to: &OutputStream) -> Result<u64, StreamError> {
    let mut total = 0;
    loop {
        match to.blocking_splice(from, 1 << 16) {
            Ok(n) => total += n,
            Err(StreamError::Closed) => return Ok(total),
            Err(error) => return Err(error),
        }
    }
}

/// What followed a body that was read to its end.
fn trailers(body: IncomingBody) -> Result<Option<Fields>, ErrorCode> {
    let future = IncomingBody::finish(body);
    future.subscribe().block();
    future.get().unwrap().unwrap()
}

fn echo(request: IncomingRequest, out: ResponseOutparam) {
    let incoming = request.consume().unwrap();
    let body = begin(out, &[]);
    {
        let from = incoming.stream().unwrap();
        let to = body.write().unwrap();
        if copy(&from, &to).is_err() {
            return;
        }
    }
    let fields = Fields::new();
    if let Ok(Some(received)) = trailers(incoming) {
        for (name, value) in received.entries() {
            fields.append(&name, &value).unwrap();
        }
    }
    fields.append("x-echoed", b"yes").unwrap();
    OutgoingBody::finish(body, Some(fields)).unwrap();
}

fn count(request: IncomingRequest, out: ResponseOutparam) {
    let incoming = request.consume().unwrap();
    let mut total = 0u64;
    let failure = {
        let from = incoming.stream().unwrap();
        loop {
            match from.blocking_skip(1 << 20) {
                Ok(n) => total += n,
                Err(StreamError::Closed) => break None,
                Err(StreamError::LastOperationFailed(error)) => break Some(http_error_code(&error)),
            }
        }
    };
    text(out, &failure.map_or(total.to_string(), |code| format!("{code:?}")));
}

fn zeros(out: ResponseOutparam, total: u64) {
    let body = begin(out, &[]);
    {
        let stream = body.write().unwrap();
        let mut left = total;
        while left > 0 {
            stream.subscribe().block();
            match stream.check_write() {
                Ok(permit) => {
                    let n = permit.min(left);
                    if stream.write_zeroes(n).is_err() {
                        break;
                    }
                    left -= n;
                }
                Err(_) => {
                    eprintln!("closed with {left} bytes left");
                    return;
                }
            }
        }
    }
    OutgoingBody::finish(body, None).unwrap();
}

/// Tells what became of a body whose length was promised.
fn promised(out: ResponseOutparam, length: &str, data: &[u8]) {
    let body = begin(out, &[("content-length", length)]);
    if let Err(StreamError::LastOperationFailed(error)) = write(&body, data) {
        eprintln!("write: {:?}", http_error_code(&error));
    }
    eprintln!("finish: {:?}", OutgoingBody::finish(body, None));
}

fn fields(request: IncomingRequest, out: ResponseOutparam) {
    let mut lines = String::new();
    let mut line = |what: &str, result: String| lines.push_str(&format!("{what}: {result}\n"));
    let own = Fields::new();
    for name in ["connection", "Host", "keep-alive", "proxy-authenticate", "transfer-encoding", "upgrade", "http2-settings"] {
        line(name, format!("{:?}", own.append(name, b"x")));
    }
    line("bad name", format!("{:?}", own.append("a b", b"x")));
    line("bad value", format!("{:?}", own.append("a", b"x\r\nb: y")));
    line("bad length", format!("{:?}", own.append("content-length", b"+5")));
    line("length", format!("{:?}", own.append("content-length", b"5")));
    line("second length", format!("{:?}", own.append("content-length", b"6")));
    line("set", format!("{:?}", own.set("X-A", &[b"1".to_vec(), b"2".to_vec()])));
    line("get", format!("{:?}", own.get("x-a")));
    line("delete", format!("{:?}", own.delete("x-A")));
    line("has", format!("{:?}", own.has("x-a")));
    line("received", format!("{:?}", request.headers().append("a", b"b")));
    line("received host", format!("{:?}", request.headers().has("host")));
    line("clone", format!("{:?}", request.headers().clone().append("a", b"b")));
    line("status", format!("{:?}", answer(&[]).set_status_code(1000)));
    let outgoing = OutgoingRequest::new(Fields::new());
    line("method", format!("{:?}", outgoing.set_method(&Method::Other("a b".into()))));
    line("path", format!("{:?}", outgoing.set_path_with_query(Some("/a b"))));
    line("authority", format!("{:?}", outgoing.set_authority(Some("host:99999"))));
    line("user", format!("{:?}", outgoing.set_authority(Some("a@b"))));
    line("consume", format!("{:?}", request.consume().is_ok()));
    line("consume again", format!("{:?}", request.consume().is_ok()));
    text(out, &lines);
}

/// Sends what the request says to a URL.
fn forward(request: IncomingRequest, url: &str) -> Result<IncomingResponse, ErrorCode> {
    let (scheme, rest) = url.split_once("://").unwrap();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let onward = OutgoingRequest::new(Fields::new());
    onward.set_method(&request.method()).unwrap();
    onward.set_scheme(Some(&if scheme == "https" { Scheme::Https } else { Scheme::Http })).unwrap();
    onward.set_authority(Some(authority)).unwrap();
    onward.set_path_with_query(Some(if path.is_empty() { "/" } else { path })).unwrap();
    let body = onward.body().unwrap();
    let options = RequestOptions::new();
    let millis = |name: &str| {
        let value = request.headers().get(name);
        value.first().map(|v| String::from_utf8_lossy(v).parse::<u64>().unwrap() * 1_000_000)
    };
    options.set_connect_timeout(millis("x-connect")).unwrap();
    options.set_first_byte_timeout(millis("x-first-byte")).unwrap();
    options.set_between_bytes_timeout(millis("x-between-bytes")).unwrap();
    let future = outgoing_handler::handle(onward, Some(options))?;
    let incoming = request.consume().unwrap();
    {
        let from = incoming.stream().unwrap();
        let to = body.write().unwrap();
        let _ = copy(&from, &to);
    }
    let _ = OutgoingBody::finish(body, trailers(incoming)?);
    future.subscribe().block();
    future.get().unwrap().unwrap()
}

/// Sends an answer from upstream on.
fn relay(response: IncomingResponse, out: ResponseOutparam) {
    let status = response.status().to_string();
    let upstream = response.consume().unwrap();
    let body = begin(out, &[("x-status", &status)]);
    {
        let from = upstream.stream().unwrap();
        let to = body.write().unwrap();
        if let Err(StreamError::LastOperationFailed(error)) = copy(&from, &to) {
            eprintln!("upstream: {:?}", http_error_code(&error));
            drop(to);
            return;
        }
    }
    if let Ok(trailers) = trailers(upstream) {
        OutgoingBody::finish(body, trailers).unwrap();
    }
}

#[allow(unconditional_recursion)]
fn recurse(n: u64) -> u64 {
    std::hint::black_box(recurse(n + 1)) + 1
}

impl wasip2::exports::http::incoming_handler::Guest for Guest {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let target = request.path_with_query().unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        match path {
            "/hello" => promised(out, "5", b"hello"),
            "/target" => text(out, &format!("{:?} {:?} {:?} {target}", request.method(), request.scheme(), request.authority())),
            "/echo" => echo(request, out),
            "/count" => count(request, out),
            "/zeros" => zeros(out, query.parse().unwrap()),
            "/fields" => fields(request, out),
            "/short" => promised(out, "10", b"short"),
            "/long" => promised(out, "5", b"too long"),
            "/promised" => ResponseOutparam::set(out, Ok(answer(&[("content-length", "10")]))),
            "/empty" => ResponseOutparam::set(out, Ok(answer(&[]))),
            "/status" => {
                let response = answer(&[]);
                response.set_status_code(query.parse().unwrap()).unwrap();
                ResponseOutparam::set(out, Ok(response));
            }
            "/unfinished" => {
                let body = begin(out, &[]);
                write(&body, b"part").unwrap();
            }
            "/orphan" => {
                let body = begin(out, &[]);
                let _stream = body.write().unwrap();
                drop(body);
            }
            "/early" => {
                text(out, "early");
                println!("after the answer");
            }
            "/head" => {
                let body = begin(out, &[]);
                monotonic_clock::subscribe_duration(query.parse::<u64>().unwrap() * 1_000_000).block();
                write(&body, b"late").unwrap();
                OutgoingBody::finish(body, None).unwrap();
            }
            "/sleep" => {
                monotonic_clock::subscribe_duration(query.parse::<u64>().unwrap() * 1_000_000).block();
                text(out, "awake");
            }
            "/trailer" => {
                let body = begin(out, &[]);
                let fields = Fields::new();
                fields.append("content-length", b"3").unwrap();
                eprintln!("finish: {:?}", OutgoingBody::finish(body, Some(fields)));
            }
            "/loop" => loop {
                std::hint::black_box(0);
            },
            "/recurse" => text(out, &recurse(0).to_string()),
            "/allocate" => {
                let mut all = vec![];
                loop {
                    all.push(std::hint::black_box(vec![1u8; 1 << 20]));
                }
            }
            "/trap" => panic!("on purpose"),
            "/trap-midway" => {
                let body = begin(out, &[]);
                write(&body, b"part").unwrap();
                panic!("on purpose");
            }
            "/silent" => {}
            "/error" => ResponseOutparam::set(out, Err(ErrorCode::LoopDetected)),
            "/exit" => std::process::exit(3),
            "/escape" => println!("\x1b[31mred\u{9b}2J"),
            "/proxy" => match forward(request, query) {
                Ok(response) => relay(response, out),
                Err(code) => text(out, &format!("{code:?}")),
            },
            _ => {
                let response = answer(&[]);
                response.set_status_code(404).unwrap();
                ResponseOutparam::set(out, Ok(response));
            }
        }
    }
}

wasip2::http::proxy::export!(Guest);
