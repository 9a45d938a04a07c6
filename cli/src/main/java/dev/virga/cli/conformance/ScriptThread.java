package dev.virga.cli.conformance;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs one script within a time limit. The thread is not a virtual one, of which a guest in a loop
 * would hold a carrier, and has the stack that {@code virga run} gives to guests.
 */
final class ScriptThread {

    private static final long STACK = 16L << 20;

    /** How long a script may take to end, first when its guests are interrupted, then when its thread is. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private ScriptThread() {}

    /** Runs the commands of the tally and closes the machine. A thread that does not end is left behind. */
    static <D, I> void run(Tally tally, Machine<D, I> machine, Duration timeout) throws InterruptedException {
        FutureTask<Void> work = new FutureTask<>(() -> {
            try (machine) {
                tally.countAll(new ScriptRun<>(machine));
            }
            return null;
        });
        Thread thread = Thread.ofPlatform().daemon().name("script").stackSize(STACK).start(work);
        try {
            if (!ends(work, timeout)) {
                String why = "stopped after the time limit of " + text(timeout) + " (--timeout)";
                tally.stop(why);
                machine.interrupt(why);
                if (!ends(work, GRACE)) {
                    thread.interrupt();
                    ends(work, GRACE);
                }
            }
        } catch (ExecutionException e) {
            tally.stop("an internal error: " + e.getCause() + Failures.firstFrames(e.getCause()));
        }
    }

    private static boolean ends(FutureTask<Void> work, Duration limit) throws InterruptedException, ExecutionException {
        try {
            work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
