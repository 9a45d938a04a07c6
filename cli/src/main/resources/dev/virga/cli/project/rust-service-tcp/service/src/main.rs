//! Counts: for each line that comes in, the next number goes out.
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

fn main() {
    let listener = TcpListener::bind("127.0.0.1:7777").expect("port 7777 is free");
    println!("counting on 127.0.0.1:7777");
    let mut count: u64 = 0;
    for connection in listener.incoming().flatten() {
        if let Err(why) = serve(connection, &mut count) {
            eprintln!("a connection broke: {why}");
        }
    }
}

fn serve(connection: TcpStream, count: &mut u64) -> std::io::Result<()> {
    let mut lines = BufReader::new(&connection);
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        *count += 1;
        writeln!(&connection, "{count}")?;
        line.clear();
    }
    Ok(())
}
