package dev.virga.bench;

import static java.util.stream.Collectors.joining;

import com.sun.management.OperatingSystemMXBean;
import dev.virga.component.Component;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.Extern;
import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleType;
import dev.virga.engine.Store;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Core modules and components in one of Virga's engines. Prints one line of fields with tabs between, as
 * {@code bench/wasmtime-kernels} does for wasmtime.
 *
 * <p>{@code Kernels ENGINE run WARMUP CALLS FILE N} calls the export {@code run(n: i32) -> i64} of a core
 * module: {@code virga}, the kernel's name, the checksum, the ms that compiling took, and the ms of CPU
 * time of a call: median, lowest, highest.
 *
 * <p>{@code Kernels ENGINE compile WARMUP TIMES FILE}: {@code virga}, the file's name, its length in
 * bytes, the ms that compiling took: median, lowest, highest; and the same for CPU time of all threads.
 */
final class Kernels {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Engine engine;
    private final int warmup;
    private final int times;
    private final String name;
    private final byte[] binary;

    private Kernels(Engine engine, int warmup, int times, Path file) throws Exception {
        this.engine = engine;
        this.warmup = warmup;
        this.times = times;
        name = file.getFileName().toString().replaceFirst("\\.wasm$", "");
        binary = Files.readAllBytes(file);
    }

    public static void main(String[] arguments) throws Throwable {
        try (Engine engine = Engines.open(arguments[0])) {
            Kernels kernels = new Kernels(
                    engine, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), Path.of(arguments[4]));
            switch (arguments[1]) {
                case "run" -> kernels.run(Integer.parseInt(arguments[5]));
                case "compile" -> kernels.compile();
                default -> throw new IllegalArgumentException(arguments[1] + ": unknown; there are run and compile");
            }
        }
    }

    private void run(int n) throws Throwable {
        long start = System.nanoTime();
        CoreModule module = engine.compile(binary);
        double compiled = (System.nanoTime() - start) / 1e6;
        try (Store store = engine.newStore(Limiter.UNLIMITED)) {
            List<String> exports =
                    module.type().exports().stream().map(ModuleType.Export::name).toList();
            var function = (Extern.Func) module.instantiate(store, List.of()).export(exports.indexOf("run"));
            MethodHandle run = function.handle();

            long checksum = (long) run.invokeExact(n);
            double[] samples = new double[times];
            for (int i = 1; i < warmup + times; i++) {
                long before = THREADS.getCurrentThreadCpuTime();
                if ((long) run.invokeExact(n) != checksum) {
                    throw new AssertionError(name + " computes something else the next time");
                }
                if (i >= warmup) {
                    samples[i - warmup] = (THREADS.getCurrentThreadCpuTime() - before) / 1e6;
                }
            }
            print(checksum, milliseconds(compiled), summary(samples));
        }
    }

    private void compile() {
        // the preamble's layer: 0 for a core module, 1 for a component
        boolean component = binary[6] == 1;
        double[] elapsed = new double[times];
        double[] cpu = new double[times];
        for (int i = 0; i < warmup + times; i++) {
            long start = System.nanoTime();
            long cpuStart = SYSTEM.getProcessCpuTime();
            if (component) {
                Component.load(engine, binary);
            } else {
                engine.compile(binary);
            }
            if (i >= warmup) {
                elapsed[i - warmup] = (System.nanoTime() - start) / 1e6;
                cpu[i - warmup] = (SYSTEM.getProcessCpuTime() - cpuStart) / 1e6;
            }
        }
        print(binary.length, summary(elapsed), summary(cpu));
    }

    private void print(long number, String first, String second) {
        System.out.println(String.join("\t", "virga", name, Long.toString(number), first, second));
    }

    /** Median, lowest and highest as fields. */
    private static String summary(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return milliseconds(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    private static String milliseconds(double... values) {
        return DoubleStream.of(values).mapToObj(v -> String.format(Locale.ROOT, "%.3f", v)).collect(joining("\t"));
    }
}
