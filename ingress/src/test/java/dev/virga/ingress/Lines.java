package dev.virga.ingress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A log that tests can wait for. */
public final class Lines implements ServeLog {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void line(String line) {
        lines.add(line);
        notifyAll();
    }

    /** The first line that holds this text, as soon as there is one. */
    public synchronized String await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (String line : lines) {
                if (line.contains(text)) {
                    return line;
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no line with '" + text + "' in " + lines);
            }
            wait(left);
        }
    }

    public synchronized List<String> all() {
        return List.copyOf(lines);
    }
}
