package dev.virga.host.workload;

import dev.virga.engine.Account;
import dev.virga.engine.Limiter;
import dev.virga.telemetry.WorkloadTelemetry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What all instances of a workload hold and use together. */
final class WorkloadBudget implements Limiter {

    private final Account account;
    private final WorkloadLimits limits;
    private final WorkloadTelemetry telemetry;
    private final Semaphore instances;
    private final AtomicLong memory = new AtomicLong();
    private final LongAdder cpu = new LongAdder();

    /** @param account of all replicas: they have a budget each, and their share together */
    WorkloadBudget(Account account, WorkloadLimits limits, WorkloadTelemetry telemetry) {
        this.account = account;
        this.limits = limits;
        this.telemetry = telemetry;
        this.instances = new Semaphore(limits.instances());
    }

    @Override
    public Account account() {
        return account;
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
     * @throws WorkloadException.Busy if there may be none in time
     */
    void enter(Duration patience) {
        if (!acquire(instances, patience)) {
            throw new WorkloadException.Busy("the workload has " + limits.instances()
                    + " instances, as many as it may; to have more of them, raise virga.limits.instances");
        }
    }

    void leave() {
        instances.release();
    }

    /**
     * Whether there was a permit in time.
     *
     * @throws WorkloadException.Busy if this thread is interrupted meanwhile
     */
    static boolean acquire(Semaphore permits, Duration patience) {
        return acquire(permits, patience, 1);
    }

    /** As {@link #acquire(Semaphore, Duration)}, for several permits. */
    static boolean acquire(Semaphore permits, Duration patience, int count) {
        try {
            return permits.tryAcquire(count) || permits.tryAcquire(count, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkloadException.Busy("interrupted while waiting for an instance");
        }
    }
}
