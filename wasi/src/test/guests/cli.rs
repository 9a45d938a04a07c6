//! Tells what it was started with, echoes its input, waits a little, and exits as told.
use std::io::{Read, Write};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    println!("arguments {arguments:?}");
    let mut variables: Vec<_> = std::env::vars().collect();
    variables.sort();
    println!("variables {variables:?}");
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).unwrap();
    println!("input {input}");
    let start = Instant::now();
    std::thread::sleep(Duration::from_millis(5));
    assert!(start.elapsed() >= Duration::from_millis(5));
    assert!(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() > 1_700_000_000);
    eprint!("to the error stream");
    std::io::stderr().flush().unwrap();
    if let Some(code) = arguments.get(1) {
        std::process::exit(code.parse().unwrap());
    }
}
