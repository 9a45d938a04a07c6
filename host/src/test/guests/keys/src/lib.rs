//! A tenant of a key-value store, a good one or a bad one: the path says what it does.

wit_bindgen::generate!({
    path: [
        "../../../../../wasi/src/main/resources/wit/io.wit",
        "../../../../../wasi/src/main/resources/wit/clocks.wit",
        "../../../../../wasi/src/main/resources/wit/http.wit",
        "../../../../../plugins/keyvalue/src/main/resources/wit/wasi-keyvalue-draft2.wit",
    ],
    inline: "
        package test:keys;
        world keys {
            import wasi:keyvalue/store@0.2.0-draft2;
            import wasi:keyvalue/batch@0.2.0-draft2;
            import wasi:http/types@0.2.12;
            export wasi:http/incoming-handler@0.2.12;
        }
    ",
    generate_all,
});

use exports::wasi::http::incoming_handler::Guest;
use wasi::http::types::{Fields, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam};
use wasi::keyvalue::batch::set_many;
use wasi::keyvalue::store::{open, Bucket, Error};

const KEYS: usize = 100_000;
const AT_ONCE: usize = 1000;

struct Keys;
export!(Keys);

impl Guest for Keys {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let result = match request.path_with_query().unwrap_or_default().as_str() {
            "/" => one(),
            "/store" => stored().map(|_| KEYS.to_string()),
            "/list" => stored().and_then(|bucket| list(&bucket)),
            "/lists" => stored().and_then(|bucket| loop {
                list(&bucket)?;
            }),
            "/hoard" => stored().and_then(|bucket| hoard(&bucket)),
            path => Err(Error::Other(format!("no such path: {path}"))),
        };
        match result {
            Ok(text) => answer(out, 200, &text),
            Err(error) => answer(out, 500, &format!("{error:?}")),
        }
    }
}

/// What a good tenant does: a key that is set is read.
fn one() -> Result<String, Error> {
    let bucket = open("one")?;
    bucket.set("key", b"ok")?;
    Ok(String::from_utf8_lossy(&bucket.get("key")?.unwrap_or_default()).into_owned())
}

/// A bucket with many keys: the first call fills it.
fn stored() -> Result<Bucket, Error> {
    let bucket = open("many")?;
    if !bucket.exists("stored")? {
        let keys: Vec<_> = (0..KEYS).map(|i| (format!("key {i:06}"), vec![b'v'])).collect();
        for some in keys.chunks(AT_ONCE) {
            set_many(&bucket, some)?;
        }
        bucket.set("stored", b"")?;
    }
    Ok(bucket)
}

/// All keys once: how many, in how many pages, and the most of a page.
fn list(bucket: &Bucket) -> Result<String, Error> {
    let (mut keys, mut pages, mut most, mut cursor) = (0, 0, 0, None);
    loop {
        let page = bucket.list_keys(cursor.as_deref())?;
        keys += page.keys.len();
        pages += 1;
        most = most.max(page.keys.len());
        cursor = page.cursor;
        if cursor.is_none() {
            return Ok(format!("{keys} {pages} {most}"));
        }
    }
}

/// Keeps every page that it ever got; after the last one it begins anew.
fn hoard(bucket: &Bucket) -> Result<String, Error> {
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let page = bucket.list_keys(cursor.as_deref())?;
        cursor = page.cursor;
        all.push(page.keys);
    }
}

fn answer(out: ResponseOutparam, status: u16, text: &str) {
    let response = OutgoingResponse::new(Fields::new());
    response.set_status_code(status).unwrap();
    let body = response.body().unwrap();
    ResponseOutparam::set(out, Ok(response));
    let stream = body.write().unwrap();
    stream.blocking_write_and_flush(text.as_bytes()).unwrap();
    drop(stream);
    OutgoingBody::finish(body, None).unwrap();
}
