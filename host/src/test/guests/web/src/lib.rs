//! What components of tests answer: `api` uses a sibling's rules, `gate` stands before another handler,
//! `resident` is a service with a handler. Each does what the path says: `/WORD/ARGUMENT`.

#[cfg(feature = "api")]
wit_bindgen::generate!({
    path: [
        "../../../../../wasi/src/main/resources/wit/io.wit",
        "../../../../../wasi/src/main/resources/wit/clocks.wit",
        "../../../../../wasi/src/main/resources/wit/http.wit",
        "../rules/rules.wit",
    ],
    inline: "
        package test:web;
        world api {
            import test:rules/rules@1.0.0;
            import wasi:http/types@0.2.12;
            export wasi:http/incoming-handler@0.2.12;
        }
    ",
    generate_all,
});

#[cfg(feature = "gate")]
wit_bindgen::generate!({
    path: [
        "../../../../../wasi/src/main/resources/wit/io.wit",
        "../../../../../wasi/src/main/resources/wit/clocks.wit",
        "../../../../../wasi/src/main/resources/wit/http.wit",
    ],
    inline: "
        package test:web;
        world gate {
            import wasi:http/types@0.2.12;
            import wasi:http/incoming-handler@0.2.12;
            export wasi:http/incoming-handler@0.2.12;
        }
    ",
    generate_all,
});

#[cfg(feature = "resident")]
wit_bindgen::generate!({
    path: [
        "../../../../../wasi/src/main/resources/wit/io.wit",
        "../../../../../wasi/src/main/resources/wit/clocks.wit",
        "../../../../../wasi/src/main/resources/wit/http.wit",
        "../../../../../wasi/src/main/resources/wit/random.wit",
        "../../../../../wasi/src/main/resources/wit/filesystem.wit",
        "../../../../../wasi/src/main/resources/wit/sockets.wit",
        "../../../../../wasi/src/main/resources/wit/cli.wit",
    ],
    inline: "
        package test:web;
        world resident {
            import wasi:http/types@0.2.12;
            export wasi:http/incoming-handler@0.2.12;
            export wasi:cli/run@0.2.12;
        }
    ",
    generate_all,
});

use exports::wasi::http::incoming_handler::Guest as Handler;
use std::io::{Read, Write};
use std::net::{TcpStream, UdpSocket};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use wasi::http::types::{Fields, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam};

static CALLS: AtomicU32 = AtomicU32::new(0);

struct Component;
export!(Component);

impl Handler for Component {
    #[cfg(feature = "gate")]
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let path = request.path_with_query().unwrap_or_default();
        match path.strip_prefix("/gate") {
            Some(rest) => answer(out, act(rest)),
            None if path == "/refused" => answer(out, Err("the gate is shut".into())),
            None => wasi::http::incoming_handler::handle(request, out),
        }
    }

    #[cfg(not(feature = "gate"))]
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        answer(out, act(&request.path_with_query().unwrap_or_default()))
    }
}

#[cfg(feature = "resident")]
impl exports::wasi::cli::run::Guest for Component {
    fn run() -> Result<(), ()> {
        println!("resident");
        loop {
            std::thread::sleep(Duration::from_secs(3600));
        }
    }
}

fn act(path: &str) -> Result<String, String> {
    CALLS.fetch_add(1, Ordering::Relaxed);
    let (word, argument) = path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_start_matches('/'), ""));
    let argument = argument.replace("%2F", "/");
    let (key, value) = argument.split_once('=').unwrap_or((&argument, ""));
    match word {
        "" => Ok("ok".into()),
        "env" => std::env::var(key).map_err(|e| e.to_string()),
        "read" => std::fs::read_to_string(key).map_err(|e| e.to_string()),
        "write" => std::fs::write(key, value).map(|()| "written".into()).map_err(|e| e.to_string()),
        "list" => list(key).map_err(|e| e.to_string()),
        "tcp" => tcp(key, value).map_err(|e| e.to_string()),
        "udp" => udp(key, value).map_err(|e| e.to_string()),
        "calls" => Ok(CALLS.load(Ordering::Relaxed).to_string()),
        "sleep" => {
            std::thread::sleep(Duration::from_millis(key.parse().unwrap()));
            Ok("slept".into())
        }
        "trap" => panic!("told to trap"),
        "exit" => std::process::exit(key.parse().unwrap_or(1)),
        _ => rules(word, key),
    }
}

fn list(path: &str) -> std::io::Result<String> {
    let mut names = std::fs::read_dir(path)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<std::io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names.join(","))
}

fn tcp(address: &str, line: &str) -> std::io::Result<String> {
    let mut connection = TcpStream::connect(address)?;
    connection.write_all(format!("{line}\n").as_bytes())?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    Ok(answer.trim_end().into())
}

fn udp(address: &str, text: &str) -> std::io::Result<String> {
    let socket = UdpSocket::bind("127.0.0.1:0")?;
    socket.connect(address)?;
    socket.send(text.as_bytes())?;
    let mut answer = [0; 256];
    let length = socket.recv(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer[..length]).into_owned())
}

#[cfg(feature = "api")]
fn rules(word: &str, argument: &str) -> Result<String, String> {
    use test::rules::rules::{self, Order, Verdict};
    match word {
        "judge" => Ok(match rules::judge(&Order { item: "tea".into(), amount: argument.parse().unwrap() }) {
            Verdict::Accepted => "accepted".into(),
            Verdict::Refused(why) => format!("refused: {why}"),
        }),
        "rules-env" => rules::variable(argument).ok_or("not set".into()),
        "rules-file" => rules::file(argument).ok_or("no such file".into()),
        "rules-calls" => Ok(rules::calls().to_string()),
        _ => Err(format!("no such word: {word}")),
    }
}

#[cfg(not(feature = "api"))]
fn rules(word: &str, _argument: &str) -> Result<String, String> {
    Err(format!("no such word: {word}"))
}

/// The header `by` tells which component answered.
fn answer(out: ResponseOutparam, result: Result<String, String>) {
    let by = if cfg!(feature = "gate") { "gate" } else if cfg!(feature = "api") { "api" } else { "resident" };
    let (status, text) = match result {
        Ok(text) => (200, text),
        Err(text) => (500, text),
    };
    let headers = Fields::new();
    headers.set("by", &[by.as_bytes().to_vec()]).unwrap();
    let response = OutgoingResponse::new(headers);
    response.set_status_code(status).unwrap();
    let body = response.body().unwrap();
    ResponseOutparam::set(out, Ok(response));
    let stream = body.write().unwrap();
    stream.blocking_write_and_flush(text.as_bytes()).unwrap();
    drop(stream);
    OutgoingBody::finish(body, None).unwrap();
}
