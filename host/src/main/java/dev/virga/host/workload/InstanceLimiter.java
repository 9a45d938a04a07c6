package dev.virga.host.workload;

import dev.virga.engine.Account;
import dev.virga.engine.Limiter;
import dev.virga.wasi.Diagnostics;
import java.util.concurrent.atomic.AtomicLong;

/** What one instance holds and uses, charged to its workload as well. Says which limit it was that refused more. */
final class InstanceLimiter implements Limiter {

    private final WorkloadBudget workload;
    private final CallLimits limits;
    private final Diagnostics diagnostics;
    private final long mostCpu;
    private final AtomicLong memory = new AtomicLong();
    private final AtomicLong cpu = new AtomicLong();

    /** @param diagnostics of the component that is called */
    InstanceLimiter(WorkloadBudget workload, CallLimits limits, Diagnostics diagnostics) {
        this.workload = workload;
        this.limits = limits;
        this.diagnostics = diagnostics;
        this.mostCpu = limits.cpuTime().toNanos();
    }

    @Override
    public boolean reserve(long bytes) {
        if (memory.addAndGet(bytes) > limits.memory()) {
            memory.addAndGet(-bytes);
            refused("memory limit", bytes, "an instance, which may hold", limits.memory(), "virga.limits.memory");
            return false;
        }
        if (!workload.reserve(bytes)) {
            memory.addAndGet(-bytes);
            refused(
                    "workload memory limit",
                    bytes,
                    "the workload, whose instances may hold together",
                    workload.limits().memory(),
                    "virga.limits.workloadMemory");
            return false;
        }
        return true;
    }

    private void refused(String kind, long bytes, String whose, long limit, String setting) {
        diagnostics.refused(kind, bytes + " bytes more for " + whose + " " + limit, "raise " + setting);
    }

    @Override
    public void release(long bytes) {
        memory.addAndGet(-bytes);
        workload.release(bytes);
    }

    @Override
    public boolean consume(long nanos) {
        workload.used(nanos);
        long before = cpu.getAndAdd(nanos);
        if (before <= mostCpu && before + nanos > mostCpu) {
            diagnostics.refused(
                    "processor time limit",
                    "a call that has computed for " + limits.cpuTime().toMillis() + " ms",
                    "raise virga.limits.cpu.deadline");
        }
        return before + nanos <= mostCpu;
    }

    @Override
    public double share() {
        return workload.limits().cpuShare();
    }

    @Override
    public Account account() {
        return workload.account();
    }

    /** The deadline is one call's. */
    void beginCall() {
        cpu.set(0);
    }
}
