package dev.virga.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The CPU time of an operation, in nanoseconds, of all threads that run Java code: what a call costs, also
 * on a machine that has other work to do.
 */
public final class CpuProfiler implements InternalProfiler {

    static final String CPU = "cpu.norm";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long before;

    @Override
    public String getDescription() {
        return "CPU time of an operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = now();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double each = (double) (now() - before) / result.getMetadata().getAllOps();
        return List.of(new ScalarResult(CPU, each, "ns/op", AggregationPolicy.AVG));
    }

    private static long now() {
        // a thread that has ended counts −1
        return LongStream.of(THREADS.getAllThreadIds())
                .map(THREADS::getThreadCpuTime)
                .filter(time -> time > 0)
                .sum();
    }
}
