//! `virga-codegen FILE TARGET OUT`: compiles a core module on this machine. OUT gets the plan, the stubs' code and the
//! functions' code, each after its length (u32, little endian). Where the compiler refuses, OUT gets nothing, the
//! message goes to the standard error and the status is the exit code.

use std::process::ExitCode;
use virga_codegen::{Failure, Session};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, file, target, out] = &arguments[..] else {
        eprintln!("usage: virga-codegen FILE TARGET OUT");
        return ExitCode::from(64);
    };
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(66);
        }
    };
    match compile(&bytes, target) {
        Ok(results) => {
            let mut output = Vec::new();
            for result in results {
                output.extend_from_slice(&(result.len() as u32).to_le_bytes());
                output.extend_from_slice(&result);
            }
            if let Err(error) = std::fs::write(out, output) {
                eprintln!("{out}: {error}");
                return ExitCode::from(73);
            }
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("{}", failure.message());
            ExitCode::from(failure.status() as u8)
        }
    }
}

fn compile(bytes: &[u8], target: &str) -> Result<[Vec<u8>; 3], Failure> {
    let session = Session::prepare(bytes, target)?;
    Ok([session.plan(), session.stubs()?, session.functions(0, session.function_count())?])
}
