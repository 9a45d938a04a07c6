//! Core modules and components in wasmtime with its default settings. Prints one line of fields with tabs between:
//!
//! `wasmtime-kernels run WARMUP CALLS FILE N` calls the export `run(n: i32) -> i64` of a core module: `wasmtime`, the
//! kernel's name, the checksum, the ms that compiling took, and the ms of CPU time of a call: median, lowest, highest.
//!
//! `wasmtime-kernels compile WARMUP TIMES FILE`: `wasmtime`, the file's name, its length in bytes, the ms that compiling
//! took: median, lowest, highest; and the same for CPU time of all threads.

use std::path::Path;
use std::time::{Duration, Instant};
use wasmtime::component::Component;
use wasmtime::{Engine, Instance, Module, Result, Store};

fn clock(id: libc::clockid_t) -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a timespec of our own
    unsafe { libc::clock_gettime(id, &mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Median, lowest and highest as fields.
fn summary(mut samples: Vec<f64>) -> String {
    samples.sort_by(f64::total_cmp);
    format!("{:.3}\t{:.3}\t{:.3}", samples[samples.len() / 2], samples[0], samples[samples.len() - 1])
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (warmup, times): (usize, usize) = (arguments[1].parse()?, arguments[2].parse()?);
    let file = Path::new(&arguments[3]);
    let name = file.file_stem().unwrap().to_string_lossy();
    let binary = std::fs::read(file)?;
    let engine = Engine::default();
    match arguments[0].as_str() {
        "run" => run(&name, &engine, &binary, arguments[4].parse()?, warmup, times),
        "compile" => compile(&name, &engine, &binary, warmup, times),
        other => panic!("{other}: unknown; there are run and compile"),
    }
}

fn run(name: &str, engine: &Engine, binary: &[u8], n: i32, warmup: usize, calls: usize) -> Result<()> {
    let start = Instant::now();
    let module = Module::new(engine, binary)?;
    let compiled = start.elapsed();
    let mut store = Store::new(engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    let run = instance.get_typed_func::<i32, i64>(&mut store, "run")?;

    let checksum = run.call(&mut store, n)?;
    let mut samples = Vec::new();
    for i in 1..warmup + calls {
        let start = clock(libc::CLOCK_THREAD_CPUTIME_ID);
        assert_eq!(run.call(&mut store, n)?, checksum, "{name} computes something else the next time");
        if i >= warmup {
            samples.push(milliseconds(clock(libc::CLOCK_THREAD_CPUTIME_ID) - start));
        }
    }
    println!("wasmtime\t{name}\t{checksum}\t{:.3}\t{}", milliseconds(compiled), summary(samples));
    Ok(())
}

fn compile(name: &str, engine: &Engine, binary: &[u8], warmup: usize, times: usize) -> Result<()> {
    // the preamble's layer: 0 for a core module, 1 for a component
    let component = binary[6] == 1;
    let (mut elapsed, mut cpu) = (Vec::new(), Vec::new());
    for i in 0..warmup + times {
        let (start, cpu_start) = (Instant::now(), clock(libc::CLOCK_PROCESS_CPUTIME_ID));
        if component {
            Component::new(engine, binary)?;
        } else {
            Module::new(engine, binary)?;
        }
        if i >= warmup {
            elapsed.push(milliseconds(start.elapsed()));
            cpu.push(milliseconds(clock(libc::CLOCK_PROCESS_CPUTIME_ID) - cpu_start));
        }
    }
    println!("wasmtime\t{name}\t{}\t{}\t{}", binary.len(), summary(elapsed), summary(cpu));
    Ok(())
}
