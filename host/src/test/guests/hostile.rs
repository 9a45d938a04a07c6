//! A tenant that nobody wants: each path does one thing that a host must survive.
#![feature(rustc_private)]
extern crate wasip2;

use std::arch::wasm32::{memory_grow, memory_size};
use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering};
use wasip2::http::types::{
    Fields, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam,
};
use wasip2::sockets::network::IpAddressFamily;
use wasip2::sockets::tcp_create_socket::create_tcp_socket;

const PAGE: usize = 64 << 10;
const MARK: u8 = 0xa5;

static CALLS: AtomicU32 = AtomicU32::new(0);

struct Hostile;

impl wasip2::exports::http::incoming_handler::Guest for Hostile {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let target = request.path_with_query().unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target.as_str(), ""));
        let number: u64 = query.parse().unwrap_or(0);
        match path {
            "/" => text(out, "ok"),
            "/count" => text(out, &(CALLS.fetch_add(1, Ordering::Relaxed) + 1).to_string()),
            "/spin" => text(out, &spin(number).to_string()),
            "/loop" => loop {
                black_box(spin(1000));
            },
            "/fill" => fill(),
            "/allocate" => text(out, &allocate().to_string()),
            "/mark" => text(out, &mark(number as usize).to_string()),
            "/scan" => text(out, &scan(number as usize).to_string()),
            "/flood" => flood(number, out),
            "/line" => loop {
                print!("{}", "x".repeat(4096));
            },
            "/sockets" => text(out, &sockets().to_string()),
            "/random" => text(out, &wasip2::random::random::get_random_bytes(u64::MAX).len().to_string()),
            "/sleep" => wasip2::clocks::monotonic_clock::subscribe_duration(u64::MAX / 4).block(),
            "/recurse" => text(out, &recurse(1).to_string()),
            "/drip" => drip(out),
            "/silent" => {}
            "/longer" => longer(out),
            "/trap" => panic!("as asked"),
            "/exit" => std::process::exit(number as i32),
            "/hold" => hold(out),
            _ => text(out, "no such attack"),
        }
    }
}

fn respond(out: ResponseOutparam, headers: Fields) -> OutgoingBody {
    let response = OutgoingResponse::new(headers);
    let body = response.body().unwrap();
    ResponseOutparam::set(out, Ok(response));
    body
}

fn text(out: ResponseOutparam, content: &str) {
    let body = respond(out, Fields::new());
    let stream = body.write().unwrap();
    let _ = stream.blocking_write_and_flush(content.as_bytes());
    drop(stream);
    let _ = OutgoingBody::finish(body, None);
}

fn spin(rounds: u64) -> u64 {
    (0..rounds).fold(1, |a, i| black_box(a ^ i).rotate_left(5))
}

/// Bulk memory operations, which are one instruction each.
fn fill() {
    let from = grown(128 << 20);
    loop {
        black_box(unsafe { std::slice::from_raw_parts_mut(from, 128 << 20) }).fill(black_box(MARK));
    }
}

/// New memory of the instance, not of the allocator.
fn grown(bytes: usize) -> *mut u8 {
    match memory_grow::<0>(bytes / PAGE) {
        usize::MAX => panic!("the host refused {bytes} bytes"),
        pages => (pages * PAGE) as *mut u8,
    }
}

/// As much as there is, and all of it is touched. The MiB that it got.
fn allocate() -> usize {
    loop {
        let pages = memory_grow::<0>(16);
        if pages == usize::MAX {
            return memory_size::<0>() * PAGE >> 20;
        }
        for page in pages..pages + 16 {
            unsafe { ((page * PAGE) as *mut u8).write_volatile(MARK) };
        }
    }
}

fn mark(mib: usize) -> usize {
    let from = grown(mib << 20);
    unsafe { std::slice::from_raw_parts_mut(from, mib << 20) }.fill(MARK);
    mib
}

/// How many bytes of new memory are not zero.
fn scan(mib: usize) -> usize {
    let from = grown(mib << 20);
    unsafe { std::slice::from_raw_parts(from, mib << 20) }.iter().filter(|b| **b != 0).count()
}

fn flood(lines: u64, out: ResponseOutparam) {
    let mut line: u64 = 0;
    while lines == 0 || line < lines {
        line += 1;
        println!("\x1b[2Jflood {line}");
    }
    text(out, "flooded");
}

/// How many it may open.
fn sockets() -> usize {
    let mut open = Vec::new();
    while let Ok(socket) = create_tcp_socket(IpAddressFamily::Ipv4) {
        open.push(socket);
    }
    open.len()
}

fn recurse(depth: u64) -> u64 {
    let frame = black_box([depth; 16]);
    if depth == 0 { 0 } else { frame[3] + recurse(black_box(depth + 1)) }
}

/// A body without end, a little at a time.
fn drip(out: ResponseOutparam) {
    let body = respond(out, Fields::new());
    let stream = body.write().unwrap();
    while stream.blocking_write_and_flush(b"drip\n").is_ok() {
        wasip2::clocks::monotonic_clock::subscribe_duration(1_000_000).block();
    }
}

/// More than it said.
fn longer(out: ResponseOutparam) {
    let headers = Fields::new();
    headers.set("content-length", &[b"3".to_vec()]).unwrap();
    let body = respond(out, headers);
    let stream = body.write().unwrap();
    let _ = stream.blocking_write_and_flush(b"more than three\r\nHTTP/1.1 200 OK\r\n\r\n");
    drop(stream);
    let _ = OutgoingBody::finish(body, None);
}

/// Lets go of nothing: what a request brought and what it made stays in the instance.
fn hold(out: ResponseOutparam) {
    let body = respond(out, Fields::new());
    let stream = body.write().unwrap();
    let _ = stream.blocking_write_and_flush(b"begun");
    std::mem::forget(stream);
    std::mem::forget(body);
}

wasip2::http::proxy::export!(Hostile with_types_in wasip2);
