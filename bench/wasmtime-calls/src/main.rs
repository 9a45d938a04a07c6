//! The calls of the JMH benchmarks in wasmtime: `wasmtime-calls FOLDER [PATTERN]` prints, for each sample, the
//! column's name, the benchmark's name, and the nanoseconds of CPU time and of time that one operation takes.

use futures::executor::block_on;
use std::hint::black_box;
use std::io::{Read, Write};
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use wasmtime::component::{
    Component, ComponentNamedList, ComponentType, Destination, Instance, InstancePre, Lift, Linker, Lower, ResourceAny, Source,
    StreamConsumer, StreamProducer, StreamReader, StreamResult, TypedFunc,
};
use wasmtime::{Config, Engine, InstanceAllocationStrategy, Result, Store, StoreContextMut};

const CALLS_EACH: u32 = 1000;
const MEBIBYTES: u32 = 16;
const BYTES: usize = (MEBIBYTES as usize) << 20;
const WARM_UP: Duration = Duration::from_millis(300);
const SAMPLE: Duration = Duration::from_millis(200);
const SAMPLES: usize = 5;

#[derive(ComponentType, Lift, Lower, Clone, Copy)]
#[component(record)]
struct Point {
    x: u32,
    y: u64,
    z: f64,
}

fn cpu_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a timespec of our own
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

struct Bench {
    pattern: String,
}

impl Bench {
    fn run(&self, name: &str, operations: u32, mut call: impl FnMut() -> Result<()>) -> Result<()> {
        if !name.contains(&self.pattern) {
            return Ok(());
        }
        self.sample(WARM_UP, &mut call)?;
        for _ in 0..SAMPLES {
            let (calls, cpu, time) = self.sample(SAMPLE, &mut call)?;
            let each = |t: Duration| t.as_nanos() as f64 / (calls * u64::from(operations)) as f64;
            println!("wasmtime\t{name}\t{}\t{}", each(cpu), each(time));
        }
        Ok(())
    }

    fn sample(&self, at_least: Duration, call: &mut impl FnMut() -> Result<()>) -> Result<(u64, Duration, Duration)> {
        let (mut calls, mut batch) = (0, 1);
        let (cpu, start) = (cpu_time(), Instant::now());
        while cpu_time() - cpu < at_least {
            for _ in 0..batch {
                call()?;
            }
            calls += batch;
            batch = (batch * 2).min(1 << 16);
        }
        Ok((calls, cpu_time() - cpu, start.elapsed()))
    }
}

struct Guest {
    store: Store<()>,
    instance: Instance,
    within: Option<&'static str>,
}

impl Guest {
    fn func<P: ComponentNamedList + Lower, R: ComponentNamedList + Lift>(&mut self, name: &str) -> TypedFunc<P, R> {
        let outer = self.within.map(|n| self.instance.get_export_index(&mut self.store, None, n).unwrap());
        let index = self.instance.get_export_index(&mut self.store, outer.as_ref(), name).unwrap();
        self.instance.get_typed_func(&mut self.store, &index).unwrap()
    }
}

/// An engine with what the components import.
struct Host<'a> {
    folder: &'a Path,
    engine: Engine,
    linker: Linker<()>,
}

impl<'a> Host<'a> {
    /// Without support for concurrency each call is several times faster, but none can be asynchronous.
    fn new(folder: &'a Path, concurrency: bool) -> Result<Self> {
        let mut config = Config::new();
        config.concurrency_support(concurrency);
        config.wasm_component_model_async(concurrency);
        config.allocation_strategy(InstanceAllocationStrategy::pooling());
        let engine = Engine::new(&config)?;
        let mut linker = Linker::new(&engine);
        linker
            .instance("bench:calls/host@1.0.0")?
            .func_wrap("add", |_: StoreContextMut<()>, (a, b): (u32, u32)| Ok((a.wrapping_add(b),)))?;
        Ok(Self { folder, engine, linker })
    }

    fn prepare(&self, name: &str) -> Result<InstancePre<()>> {
        self.linker.instantiate_pre(&Component::from_file(&self.engine, self.folder.join(name))?)
    }

    fn guest(&self, name: &str, within: Option<&'static str>) -> Result<Guest> {
        let mut store = Store::new(&self.engine, ());
        let instance = block_on(self.prepare(name)?.instantiate_async(&mut store))?;
        Ok(Guest { store, instance, within })
    }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let folder = Path::new(&arguments[1]);
    let pattern = arguments.get(2).map(|p| p.trim_matches(['.', '*']).to_owned()).unwrap_or_default();
    let bench = Bench { pattern };
    let alone = Host::new(folder, false)?;
    let concurrent = Host::new(folder, true)?;

    calls(&bench, alone.guest("calls.wasm", Some("calls"))?)?;
    let calls = alone.prepare("calls.wasm")?;
    bench.run("instantiate", 1, || {
        let mut store = Store::new(&alone.engine, ());
        calls.instantiate(&mut store)?;
        Ok(())
    })?;
    async_calls(&bench, concurrent.guest("async-calls.wasm", None)?)?;
    streams(&bench, concurrent.guest("streams.wasm", None)?)
}

fn calls(bench: &Bench, mut guest: Guest) -> Result<()> {
    let add = guest.func::<(u32, u32), (u32,)>("add");
    let loops = [
        ("guestToHost", guest.func::<(u32,), (u32,)>("host-adds")),
        ("guestToGuest", guest.func("inner-adds")),
        ("guestToGuestString", guest.func("inner-lengths")),
        ("resourceInGuest", guest.func("cells")),
    ];
    let new_cell = guest.func::<(u32,), (ResourceAny,)>("new-cell");
    let length = guest.func::<(&str,), (u32,)>("length");
    let take = guest.func::<(&[u8],), (u32,)>("take");
    let bytes = guest.func::<(), (Vec<u8>,)>("bytes");
    let moved = guest.func::<(Point,), (Point,)>("move");
    let store = &mut guest.store;

    let mut sum = 0;
    bench.run("hostToGuest", 1, || Ok(sum = add.call(&mut *store, (sum, 1))?.0))?;
    for (name, function) in loops {
        bench.run(name, CALLS_EACH, || function.call(&mut *store, (CALLS_EACH,)).map(drop))?;
    }
    bench.run("hostToGuestString", 1, || length.call(&mut *store, ("twenty bytes of text",)).map(drop))?;
    let mut point = Point { x: 1, y: 2, z: 3.0 };
    bench.run("record", 1, || Ok(point = moved.call(&mut *store, (point,))?.0))?;
    let mebibyte = vec![1; 1 << 20];
    bench.run("mebibyteIn", 1, || take.call(&mut *store, (&mebibyte,)).map(drop))?;
    bench.run("mebibyteOut", 1, || bytes.call(&mut *store, ()).map(|r| drop(black_box(r))))?;
    bench.run("resourceInHost", 1, || {
        let (cell,) = new_cell.call(&mut *store, (7,))?;
        cell.resource_drop(&mut *store)
    })
}

fn async_calls(bench: &Bench, mut guest: Guest) -> Result<()> {
    let add = guest.func::<(u32, u32), (u32,)>("add");
    let add_sync = guest.func::<(u32, u32), (u32,)>("add-sync");
    let sync_adds = guest.func::<(u32,), (u32,)>("sync-adds");
    let loops = [
        ("guestToAsyncGuest", guest.func::<(u32,), (u32,)>("async-adds")),
        ("guestToAsyncGuestBlocking", guest.func("blocking-adds")),
    ];
    let store = &mut guest.store;

    let mut sum = 0;
    bench.run("hostToAsyncGuest", 1, || Ok(sum = block_on(add.call_async(&mut *store, (sum, 1)))?.0))?;
    bench.run("hostToSyncBesideAsync", 1, || Ok(sum = add_sync.call(&mut *store, (sum, 1))?.0))?;
    bench.run("guestToSyncBesideAsync", CALLS_EACH, || sync_adds.call(&mut *store, (CALLS_EACH,)).map(drop))?;
    for (name, function) in loops {
        bench.run(name, CALLS_EACH, || block_on(function.call_async(&mut *store, (CALLS_EACH,))).map(drop))?;
    }
    Ok(())
}

/// Gives a number of zeros.
struct Zeros(usize);

impl<D: 'static> StreamProducer<D> for Zeros {
    type Item = u8;
    type Buffer = Option<u8>;

    fn poll_produce<'a>(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        store: StoreContextMut<'a, D>,
        destination: Destination<'a, u8, Self::Buffer>,
        _: bool,
    ) -> Poll<Result<StreamResult>> {
        const ZEROS: [u8; 1 << 16] = [0; 1 << 16];
        if self.0 == 0 {
            return Poll::Ready(Ok(StreamResult::Dropped));
        }
        let count = self.0.min(ZEROS.len());
        self.0 -= destination.as_direct(store, count).write(&ZEROS[..count])?;
        Poll::Ready(Ok(StreamResult::Completed))
    }
}

/// Counts what it gets, after it has copied it.
struct Sink(Arc<AtomicUsize>, Vec<u8>);

impl<D: 'static> StreamConsumer<D> for Sink {
    type Item = u8;

    fn poll_consume(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        store: StoreContextMut<D>,
        source: Source<'_, u8>,
        _: bool,
    ) -> Poll<Result<StreamResult>> {
        let count = source.as_direct(store).read(&mut self.1)?;
        self.0.fetch_add(count, Ordering::Relaxed);
        Poll::Ready(Ok(StreamResult::Completed))
    }
}

fn streams(bench: &Bench, mut guest: Guest) -> Result<()> {
    let pieces = MEBIBYTES * 16;
    let pump = guest.func::<(u32,), (u32,)>("pump");
    let source = guest.func::<(u32,), (StreamReader<u8>,)>("source");
    let sink = guest.func::<(StreamReader<u8>,), (u32,)>("sink");
    let store = &mut guest.store;

    bench.run("streamGuestToGuest", MEBIBYTES, || {
        assert_eq!(block_on(pump.call_async(&mut *store, (pieces,)))?.0 as usize, BYTES);
        Ok(())
    })?;
    bench.run("streamHostToGuest", MEBIBYTES, || {
        let zeros = StreamReader::new(&mut *store, Zeros(BYTES))?;
        assert_eq!(block_on(sink.call_async(&mut *store, (zeros,)))?.0 as usize, BYTES);
        Ok(())
    })?;
    bench.run("streamGuestToHost", MEBIBYTES, || {
        let count = Arc::new(AtomicUsize::new(0));
        block_on(async {
            let (stream,) = source.call_async(&mut *store, (pieces,)).await?;
            stream.pipe(&mut *store, Sink(count.clone(), vec![0; 1 << 16]))?;
            store
                .run_concurrent(async |_| {
                    std::future::poll_fn(|context| {
                        if count.load(Ordering::Relaxed) == BYTES {
                            return Poll::Ready(());
                        }
                        context.waker().wake_by_ref();
                        Poll::Pending
                    })
                    .await
                })
                .await
        })
    })
}
