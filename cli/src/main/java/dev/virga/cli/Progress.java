package dev.virga.cli;

import dev.virga.wasi.Harmless;
import java.io.PrintStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * What goes on, on one line of a terminal that is gone at the end. Nothing at all is printed where standard error is
 * no terminal, or before a moment has passed.
 */
public final class Progress implements AutoCloseable, LongConsumer {

    private static final long PERIOD_MILLIS = 100;
    private static final int BAR = 24;
    private static final int LONGEST = 48;
    private static final String ERASE = "\r\033[K";

    private final PrintStream err;
    private final String what;
    private final OptionalLong total;
    private final long start = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Optional<Thread> painter;
    private volatile long done;

    private Progress(PrintStream err, boolean shown, String what, OptionalLong total) {
        this.err = err;
        this.what = shortened(Harmless.text(what));
        this.total = total;
        this.painter = shown
                ? Optional.of(Thread.ofVirtual().name("progress").start(this::paint))
                : Optional.empty();
    }

    /** Of work whose end is not known, for example a compilation. */
    public static Progress of(Console console, String what) {
        return new Progress(console.err(), console.terminals().err(), what, OptionalLong.empty());
    }

    /** Of bytes that come or go. */
    public static Progress of(Console console, String what, long total) {
        return new Progress(console.err(), console.terminals().err(), what, OptionalLong.of(total));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /** @param bytes that have come or gone, all together */
    @Override
    public void accept(long bytes) {
        done = bytes;
    }

    private void paint() {
        boolean painted = false;
        try {
            while (!over.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                err.print(ERASE + line());
                err.flush();
                painted = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (painted) {
            err.print(ERASE);
            err.flush();
        }
    }

    private String line() {
        if (total.isEmpty()) {
            return what + " … " + (System.nanoTime() - start) / 1_000_000_000 + " s";
        }
        long part = total.getAsLong() == 0 ? BAR : Math.min(BAR, done * BAR / total.getAsLong());
        return what + " [" + "=".repeat((int) part) + " ".repeat(BAR - (int) part) + "] " + Size.text(done) + " of "
                + Size.text(total.getAsLong());
    }

    /** The line is gone after it. */
    @Override
    public void close() {
        over.countDown();
        try {
            if (painter.isPresent()) {
                painter.get().join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
