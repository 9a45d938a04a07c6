package dev.virga.host.workload;

import dev.virga.component.ExportedFunction;
import dev.virga.component.Result;
import dev.virga.engine.Trap;
import dev.virga.plugin.LogLevel;
import dev.virga.telemetry.LogSource;
import dev.virga.telemetry.Span;
import dev.virga.telemetry.WorkloadTelemetry;
import dev.virga.wasi.Harmless;
import dev.virga.wasi.cli.ExitException;
import java.time.Duration;
import java.util.Optional;

/** Runs the service of a workload, again and again if it ends. */
final class ServiceRunner implements AutoCloseable {

    static final String RUN = "wasi:cli/run@0.2.0";

    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    /** How the service fares. */
    record Progress(WorkloadState state, int restarts, String message) {}

    private final ServiceSetup setup;
    private final Entry entry;
    private final ExportedFunction run;
    private final WorkloadTelemetry telemetry;
    private final Thread thread;

    private volatile Progress progress = new Progress(WorkloadState.STARTING, 0, "");
    /** One for all runs: it is used to end the last of them only. */
    private final Interruption interruption = new Interruption();
    private volatile boolean closed;

    ServiceRunner(ServiceSetup setup, Entry entry, WorkloadTelemetry telemetry) {
        this.setup = setup;
        this.entry = entry;
        this.telemetry = telemetry;
        this.run = entry.prepared().function(RUN, "run").orElseThrow();
        this.thread = Thread.ofVirtual().name("service " + entry.component()).unstarted(this::runAgain);
    }

    void start() {
        thread.start();
    }

    Progress progress() {
        return progress;
    }

    private void runAgain() {
        Duration backoff = setup.backoff();
        int inARow = 0; // restarts since it last ran well
        String why = ""; // it ended the last time
        for (int restarts = 0; !closed; restarts++, inARow++) {
            progress = new Progress(WorkloadState.RUNNING, restarts, why);
            if (restarts > 0) {
                telemetry.restarted(restarts, why);
            }
            long begun = System.nanoTime();
            Optional<String> failure = runOnce(restarts);
            if (closed) {
                return;
            }
            if (System.nanoTime() - begun > setup.resetAfter().toNanos()) {
                backoff = setup.backoff();
                inARow = 0;
            }
            why = failure.map(f -> "the service failed: " + f).orElse("the service ended");
            boolean again = inARow < setup.maxRestarts();
            telemetry.log().line(
                    failure.isPresent() ? LogLevel.ERROR : LogLevel.INFO,
                    Caller.NOBODY.origin(LogSource.HOST, entry.component()),
                    why);
            if (!again) {
                progress = new Progress(
                        failure.isPresent() ? WorkloadState.ERROR : WorkloadState.COMPLETED, restarts, why);
                return;
            }
            progress = new Progress(
                    WorkloadState.STARTING, restarts, why + "; it starts again in " + backoff.toMillis() + " ms");
            if (!pause(backoff)) {
                return;
            }
            backoff = min(backoff.multipliedBy(2), setup.longestBackoff());
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Why it failed; empty if it ended well. */
    private Optional<String> runOnce(int restarts) {
        Caller caller = new Caller("service-" + restarts, Span.NONE);
        try {
            boolean ok = entry.call(
                    caller, FOREVER, interruption::stops, (instance, _) -> ((Result<?, ?>) run.call(instance)).isOk());
            return ok ? Optional.empty() : Optional.of("it returned an error");
        } catch (ExitException e) {
            return e.code() == 0 ? Optional.empty() : Optional.of("it ended with exit code " + e.code());
        } catch (Trap e) {
            return Optional.of("it trapped: " + Harmless.text(e.describe()));
        } catch (RuntimeException | Error e) {
            return Optional.of(e.toString());
        }
    }

    /** Stops the service and waits until it has ended. */
    @Override
    public void close() {
        closed = true;
        interruption.because("the workload stops");
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
