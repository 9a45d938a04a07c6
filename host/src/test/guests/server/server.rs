//! A service: `server tcp PORT`, `server udp PORT` answer what they are told; `server exit CODE` ends at once.
//! The words are the variable RUN, since a manifest has no arguments.
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, UdpSocket};

fn main() -> std::io::Result<()> {
    let run = std::env::var("RUN").expect("RUN is not set");
    let (word, argument) = run.split_once(' ').expect("RUN is WORD ARGUMENT");
    println!("{word} begins");
    match word {
        "exit" => std::process::exit(argument.parse().unwrap()),
        "trap" => panic!("told to trap"),
        "udp" => udp(argument),
        _ => tcp(argument),
    }
}

fn tcp(port: &str) -> std::io::Result<()> {
    let listener = TcpListener::bind(format!("127.0.0.1:{port}"))?;
    eprintln!("listening on {}", listener.local_addr()?);
    for connection in listener.incoming() {
        let mut connection = connection?;
        let mut line = String::new();
        BufReader::new(&connection).read_line(&mut line)?;
        let answer = match line.trim_end().split_once('_').unwrap_or((line.trim_end(), "")) {
            ("exit", code) => std::process::exit(code.parse().unwrap_or(1)),
            ("spin", turns) => spin(turns.parse().unwrap()),
            (word, _) => word.to_uppercase(),
        };
        writeln!(connection, "{} {answer}", std::env::var("NAME").unwrap_or_default())?;
    }
    Ok(())
}

/// Uses processor time: about a nanosecond a turn.
fn spin(turns: u64) -> String {
    let mut value = 0u64;
    for turn in 0..turns {
        value = std::hint::black_box(value.wrapping_mul(31).wrapping_add(turn));
    }
    format!("{value}")
}

fn udp(port: &str) -> std::io::Result<()> {
    let socket = UdpSocket::bind(format!("127.0.0.1:{port}"))?;
    let mut text = [0; 256];
    loop {
        let (length, from) = socket.recv_from(&mut text)?;
        socket.send_to(&text[..length].to_ascii_uppercase(), from)?;
    }
}
