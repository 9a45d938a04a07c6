//! A command: greets, and shows what it was granted.

use std::io::{Read, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        None => {
            println!("hello from a WebAssembly component");
            ExitCode::SUCCESS
        }
        Some("env") => {
            let mut vars: Vec<_> = std::env::vars().collect();
            vars.sort();
            for (name, value) in vars {
                println!("{name}={value}");
            }
            ExitCode::SUCCESS
        }
        Some("ls") => list(args.get(1).map_or(".", String::as_str)),
        Some("upper") => {
            let mut text = String::new();
            if let Err(e) = std::io::stdin().read_to_string(&mut text) {
                eprintln!("cannot read stdin: {e}");
                return ExitCode::FAILURE;
            }
            print!("{}", text.to_uppercase());
            std::io::stdout().flush().map_or(ExitCode::FAILURE, |_| ExitCode::SUCCESS)
        }
        Some("exit") => {
            let code = args.get(1).and_then(|c| c.parse().ok()).unwrap_or(0);
            ExitCode::from(code)
        }
        Some(other) => {
            eprintln!("unknown word '{other}'; try: env, ls DIR, upper, exit CODE");
            ExitCode::from(2)
        }
    }
}

fn list(dir: &str) -> ExitCode {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) => {
            eprintln!("cannot list {dir}: {e}");
            return ExitCode::FAILURE;
        }
    };
    let mut lines: Vec<String> = entries
        .flatten()
        .map(|e| {
            let size = e.metadata().map_or(0, |m| m.len());
            format!("{size:>10}  {}", e.file_name().to_string_lossy())
        })
        .collect();
    lines.sort_by(|a, b| a[12..].cmp(&b[12..]));
    for line in lines {
        println!("{line}");
    }
    ExitCode::SUCCESS
}
