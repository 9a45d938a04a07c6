package dev.virga.host.workload;

import dev.virga.engine.Limiter;
import java.util.concurrent.atomic.AtomicLong;

/** What one instance holds and uses, charged to its workload as well. */
final class InstanceLimiter implements Limiter {

    private final WorkloadBudget workload;
    private final long mostMemory;
    private final long mostCpu;
    private final double share;
    private final AtomicLong memory = new AtomicLong();
    private final AtomicLong cpu = new AtomicLong();

    InstanceLimiter(WorkloadBudget workload, CallLimits limits) {
        this.workload = workload;
        this.mostMemory = limits.memory();
        this.mostCpu = limits.cpuTime().toNanos();
        this.share = workload.limits().cpuShare();
    }

    @Override
    public boolean reserve(long bytes) {
        if (memory.addAndGet(bytes) > mostMemory || !workload.reserve(bytes)) {
            memory.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    @Override
    public void release(long bytes) {
        memory.addAndGet(-bytes);
        workload.release(bytes);
    }

    @Override
    public boolean consume(long nanos) {
        workload.used(nanos);
        return cpu.addAndGet(nanos) <= mostCpu;
    }

    @Override
    public double share() {
        return share;
    }

    /** The deadline is one call's. */
    void beginCall() {
        cpu.set(0);
    }
}
