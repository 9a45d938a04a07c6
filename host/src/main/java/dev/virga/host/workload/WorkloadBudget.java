package dev.virga.host.workload;

import dev.virga.engine.Limiter;
import dev.virga.telemetry.WorkloadTelemetry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What all instances of a workload, and plugins on its behalf, hold and use together. */
final class WorkloadBudget implements Limiter {

    private final WorkloadLimits limits;
    private final WorkloadTelemetry telemetry;
    private final Semaphore instances;
    private final AtomicLong memory = new AtomicLong();
    private final LongAdder cpu = new LongAdder();

    WorkloadBudget(WorkloadLimits limits, WorkloadTelemetry telemetry) {
        this.limits = limits;
        this.telemetry = telemetry;
        this.instances = new Semaphore(limits.instances());
    }

    WorkloadLimits limits() {
        return limits;
    }

    @Override
    public boolean reserve(long bytes) {
        if (memory.addAndGet(bytes) <= limits.memory()) {
            telemetry.memory(bytes);
            return true;
        }
        memory.addAndGet(-bytes);
        return false;
    }

    @Override
    public void release(long bytes) {
        memory.addAndGet(-bytes);
        telemetry.memory(-bytes);
    }

    void used(long cpuNanos) {
        cpu.add(cpuNanos);
        telemetry.cpu(cpuNanos);
    }

    /** Bytes of guests at present. */
    long memory() {
        return memory.get();
    }

    /** Nanoseconds of processor time so far. */
    long cpu() {
        return cpu.sum();
    }

    /** Instances at present. */
    int instances() {
        return limits.instances() - instances.availablePermits();
    }

    /**
     * Waits until there may be one more instance.
     *
     * @throws WorkloadException.Busy if there may be none as long as a call may take
     */
    void enter(Duration patience) {
        await(instances, patience);
    }

    /** Waits for a turn. */
    void await(Semaphore turns, Duration patience) {
        try {
            if (!turns.tryAcquire() && !turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new WorkloadException.Busy("all " + instances()
                        + " instances of the workload are busy; its limit \"instances\" is " + limits.instances());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkloadException.Busy("interrupted while waiting for an instance");
        }
    }

    void leave() {
        instances.release();
    }
}
