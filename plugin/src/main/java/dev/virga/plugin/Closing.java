package dev.virga.plugin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Closes several things. One that cannot be closed keeps no other from it. */
public final class Closing {

    private Closing() {}

    /**
     * One after the other, the last one first.
     *
     * @throws IllegalStateException of the first that could not be closed, when all others are
     */
    public static void all(List<? extends AutoCloseable> things) {
        IllegalStateException failure = null;
        for (AutoCloseable thing : things.reversed()) {
            try {
                thing.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("a part could not be closed: " + e.getMessage(), e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** @param name for error texts */
    public record Part(String name, AutoCloseable thing) {}

    /**
     * All at the same time, so that the times which they take do not add up. What has not ended in time is interrupted and
     * left alone.
     *
     * @param longest for all of them
     * @throws IllegalStateException that names all which could not be closed
     */
    public static void together(List<Part> parts, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        List<FutureTask<Void>> tasks = parts.stream().map(Closing::begun).toList();
        List<String> texts = new ArrayList<>();
        List<Throwable> causes = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            Optional<Throwable> failure = failure(tasks.get(i), end, longest);
            String name = parts.get(i).name();
            failure.ifPresent(e -> texts.add(name + " could not be closed: " + text(e)));
            failure.ifPresent(causes::add);
        }
        if (!causes.isEmpty()) {
            IllegalStateException all = new IllegalStateException(String.join("; ", texts), causes.getFirst());
            causes.stream().skip(1).forEach(all::addSuppressed);
            throw all;
        }
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static FutureTask<Void> begun(Part part) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            part.thing().close();
            return null;
        });
        Thread.ofVirtual().name("close " + part.name()).start(task);
        return task;
    }

    private static Optional<Throwable> failure(FutureTask<Void> task, long end, Duration longest) {
        try {
            task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.getCause());
        } catch (TimeoutException e) {
            task.cancel(true);
            return Optional.of(new TimeoutException("it took longer than " + longest.toMillis() + " ms"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            task.cancel(true);
            return Optional.of(new InterruptedException("whoever closes it was interrupted"));
        }
    }
}
