package dev.virga.host;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Looks at a folder once, and again after it has changed and is quiet. */
final class FolderWatch implements AutoCloseable {

    /** Who writes a file in several steps is rarely idle for longer. */
    private static final long QUIET_MILLIS = 200;

    /** Where it is never quiet, what is quiet gets its turn. */
    private static final long PATIENCE_MILLIS = 2000;

    private final Path folder;
    private final BooleanSupplier look;
    private final Consumer<String> problems;
    private final WatchService service;
    private final Thread thread;

    /**
     * @param look false if it has to look again although nothing tells of a change
     * @throws HostException.Broken if the folder cannot be watched
     */
    FolderWatch(Path folder, BooleanSupplier look, Consumer<String> problems) {
        this.folder = folder;
        this.look = look;
        this.problems = problems;
        try {
            service = folder.getFileSystem().newWatchService();
        } catch (IOException e) {
            throw new HostException.Broken("no folder can be watched: " + e, e);
        }
        try {
            folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            boolean settled = look.getAsBoolean();
            thread = Thread.ofVirtual().name("manifests").start(() -> watch(settled));
        } catch (IOException e) {
            close(service);
            throw new HostException.Broken("the folder " + folder + " of --manifests cannot be watched: " + e, e);
        } catch (RuntimeException | Error e) {
            close(service);
            throw e;
        }
    }

    private void watch(boolean settledAtFirst) {
        boolean settled = settledAtFirst;
        try {
            while (true) {
                WatchKey key = settled ? service.take() : service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
                if (!untilQuiet(key)) {
                    problems.accept("the folder " + folder + " is gone, what it had goes on; start the host again"
                            + " when the folder is back");
                    return;
                }
                settled = look();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // the host stops
        }
    }

    private boolean look() {
        try {
            return look.getAsBoolean();
        } catch (RuntimeException e) { // what goes wrong now may go well with the next change
            problems.accept(Failures.text(e));
            return true;
        }
    }

    /** False if the folder can be watched no more. */
    private boolean untilQuiet(WatchKey first) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        WatchKey key = first;
        while (key != null) {
            key.pollEvents();
            if (!key.reset()) {
                return false;
            }
            key = System.nanoTime() < end ? service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : null;
        }
        return true;
    }

    private static void close(WatchService service) {
        try {
            service.close();
        } catch (IOException e) {
            // nothing is told any more in any case
        }
    }

    /** Waits for a look that is under way. */
    @Override
    public void close() {
        close(service);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
