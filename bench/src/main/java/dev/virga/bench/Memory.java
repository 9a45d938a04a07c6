package dev.virga.bench;

import dev.virga.component.Component;
import dev.virga.component.ComponentInstance;
import dev.virga.component.ExportedFunction;
import dev.virga.component.Linker;
import dev.virga.component.PreparedComponent;
import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.Stdio;
import dev.virga.wasi.Terminals;
import dev.virga.wasi.WasiContext;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.WasiLimits;
import dev.virga.wasi.WasiLinker;
import dev.virga.wasi.http.HttpClients;
import dev.virga.wasi.http.HttpLimits;
import dev.virga.wasi.http.HttpLinker;
import dev.virga.wasi.http.HttpSender;
import dev.virga.wasi.io.DirectOutput;
import dev.virga.wasi.io.Pipe;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * What instances hold. {@code Memory ENGINE HTTP COMMAND COUNT} makes so many instances of an HTTP component, and
 * then so many of a command, all of which wait for their input in a call of the host. Prints KiB for each: what the
 * process holds more, of it pages that guests have written, and Java's heap. To be run with a heap that is all
 * touched at the start: -Xms2g -Xmx2g -XX:+AlwaysPreTouch.
 */
final class Memory {

    /** Of the process, in bytes; the heap's size does not change, so its use is counted by itself. */
    private record Held(long resident, long written, long heap) {

        static Held now() throws IOException {
            System.gc();
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            return new Held(kib("/proc/self/status", "VmRSS:", "") << 10, kib("/proc/self/smaps", "Anonymous:", "virga-image") << 10, heap);
        }

        /** The sum of a field's values, of all mappings or of those whose name holds a word. */
        private static long kib(String file, String field, String name) throws IOException {
            long sum = 0;
            boolean counts = name.isEmpty();
            for (String line : Files.readAllLines(Path.of(file))) {
                if (!name.isEmpty() && line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                    counts = line.contains(name);
                } else if (counts && line.startsWith(field)) {
                    sum += Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            return sum;
        }

        void print(String what, Held before, int count) {
            double all = (resident - before.resident + heap - before.heap) / 1024.0 / count;
            double pages = (written - before.written) / 1024.0 / count;
            System.out.printf(
                    "%s: %.1f KiB, of it pages written %.1f, heap %.1f; beyond pages written %.1f%n",
                    what, all, pages, (heap - before.heap) / 1024.0 / count, all - pages);
        }
    }

    private static final Diagnostics SILENT = new Diagnostics(line -> {});

    private final Engine engine;
    private final int count;

    private Memory(Engine engine, int count) {
        this.engine = engine;
        this.count = count;
    }

    public static void main(String[] arguments) throws Exception {
        try (Engine engine = Engines.open(arguments[0])) {
            Memory memory = new Memory(engine, Integer.parseInt(arguments[3]));
            memory.warm(Path.of(arguments[1]));
            memory.waiting();
            memory.parked(Path.of(arguments[2]));
        }
    }

    private void warm(Path file) throws IOException {
        try (HttpClients clients = new HttpClients(HttpClients::newTls)) {
            Linker<WasiContext> linker = new Linker<>();
            WasiLimits limits = WasiLimits.standard();
            WasiLinker.define(linker, context -> context);
            HttpLinker.define(
                    linker,
                    1 << 15,
                    new HttpSender(clients, WasiGrants.NONE, HttpLimits.DEFAULT, limits.network(), SILENT));
            PreparedComponent<WasiContext> prepared =
                    linker.prepare(Component.load(engine, Files.readAllBytes(file)));
            List<ComponentInstance> instances = new ArrayList<>(count);
            make(prepared, 10, instances);
            Held before = Held.now();
            make(prepared, count, instances);
            Held.now().print("a warm instance of " + file.getFileName(), before, count);
            instances.forEach(ComponentInstance::close);
        }
    }

    private static void make(PreparedComponent<WasiContext> prepared, int count, List<ComponentInstance> instances) {
        for (int i = 0; i < count; i++) {
            WasiContext context =
                    new WasiContext(WasiGrants.NONE, Stdio.none(), WasiLimits.standard(), SILENT);
            instances.add(prepared.instantiate(context, Limiter.UNLIMITED));
        }
    }

    private void parked(Path file) throws Exception {
        Linker<WasiContext> linker = new Linker<>();
        WasiLinker.define(linker, context -> context);
        PreparedComponent<WasiContext> prepared = linker.prepare(Component.load(engine, Files.readAllBytes(file)));
        ExportedFunction run = prepared.function("wasi:cli/run@0.2.0", "run").orElseThrow();
        List<ComponentInstance> instances = new ArrayList<>(count);
        Pipe pipe = new Pipe(16);
        WasiGrants grants = WasiGrants.NONE.withArguments(List.of("hello", "upper"));
        for (int i = 0; i < count; i++) {
            DirectOutput nowhere = new DirectOutput(OutputStream.nullOutputStream());
            Stdio stdio = new Stdio(pipe.input(), nowhere, nowhere, Terminals.NONE);
            instances.add(prepared.instantiate(
                    new WasiContext(grants, stdio, WasiLimits.standard(), SILENT), Limiter.UNLIMITED));
        }
        park("a call of " + file.getFileName() + " that waits", instances, run::call);
    }

    /** Waits in calls that guests make. */
    private static final class Waiting extends Guests.Host {
        private final CountDownLatch latch = new CountDownLatch(1);

        @Override
        public int add(int a, int b) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return a + b;
        }
    }

    /** Of a guest that does nothing but wait. */
    private void waiting() throws Exception {
        MethodHandle add = Guests.handle(Guests.CALLS, int.class, List.of(int.class), "calls", "host-adds");
        Waiting host = new Waiting();
        List<ComponentInstance> instances = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            instances.add(Guests.CALLS.instantiate(host, Limiter.UNLIMITED));
        }
        park("a call that only waits", instances, instance -> call(add, instance));
    }

    private static void call(MethodHandle add, ComponentInstance instance) {
        try {
            int _ = (int) add.invokeExact(instance, 1);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private void park(String what, List<ComponentInstance> instances, Consumer<ComponentInstance> call)
            throws Exception {
        Held before = Held.now();
        List<Thread> threads = new ArrayList<>(count);
        for (ComponentInstance instance : instances) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    call.accept(instance);
                } catch (RuntimeException e) {
                    // interrupted in the end
                }
            }));
        }
        while (threads.stream().anyMatch(t -> t.getState() != Thread.State.WAITING)) {
            Thread.sleep(10);
        }
        Held.now().print(what + ", without its instance", before, count);
        instances.forEach(instance -> instance.interrupt("measured"));
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
        instances.forEach(ComponentInstance::close);
    }
}
