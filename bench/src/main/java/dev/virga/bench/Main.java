package dev.virga.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code Main COLUMN FILE [JMH OPTION…]}: runs benchmarks and adds to the file, for each iteration, the
 * column's name, the benchmark's name, the nanoseconds of CPU time and of time that one operation takes,
 * and the bytes that it allocates.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException, IOException {
        List<String> options = List.of(arguments).subList(2, arguments.length);
        StringBuilder lines = new StringBuilder();
        for (RunResult result : new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(options.toArray(String[]::new)))
                        .shouldFailOnError(true)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuProfiler.class)
                        .build())
                .run()) {
            String benchmark = result.getParams().getBenchmark();
            String name = benchmark.substring(benchmark.lastIndexOf('.') + 1);
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    double time = iteration.getPrimaryResult().getScore();
                    double cpu = iteration.getSecondaryResults().get(CpuProfiler.CPU).getScore();
                    double bytes = iteration.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
                    lines.append("%s\t%s\t%f\t%f\t%f\n".formatted(arguments[0], name, cpu, time, bytes));
                }
            }
        }
        Files.writeString(Path.of(arguments[1]), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
