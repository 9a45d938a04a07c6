package dev.virga.plugin.config;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import dev.virga.plugin.PluginException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The folders that workloads use, each read and watched once. */
final class Folders implements AutoCloseable {

    /** Nothing is read before so long has passed without a change: files may be written in several steps. */
    private static final int QUIET_MILLIS = 100;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Consumer<String> log;
    private final Map<Path, Folder> open = new HashMap<>();
    private final Map<WatchKey, Folder> watched = new HashMap<>();
    private WatchService service;

    /** @param log is told of a folder that can be read no more */
    Folders(Consumer<String> log) {
        this.log = log;
    }

    synchronized Folder open(Path path) {
        Folder folder = open.get(path);
        if (folder == null) {
            try {
                // Watched before it is read, so that no change is missed.
                WatchKey key = path.register(service(), ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
                try {
                    folder = new Folder(path);
                } catch (IOException | RuntimeException e) {
                    key.cancel();
                    throw e;
                }
                watched.put(key, folder);
                open.put(path, folder);
            } catch (IOException e) {
                throw new PluginException.Unavailable("the folder of values cannot be read: " + text(e), e);
            }
        }
        folder.users++;
        return folder;
    }

    synchronized void close(Folder folder) {
        if (--folder.users == 0) {
            open.remove(folder.path, folder);
            watched.entrySet().removeIf(entry -> {
                if (entry.getValue() == folder) {
                    entry.getKey().cancel();
                    return true;
                }
                return false;
            });
        }
    }

    private WatchService service() throws IOException {
        if (service == null) {
            service = FileSystems.getDefault().newWatchService();
            WatchService started = service;
            Thread.ofVirtual().name("config files").start(() -> watch(started));
        }
        return service;
    }

    private void watch(WatchService started) {
        try {
            while (true) {
                Set<WatchKey> changed = new HashSet<>();
                WatchKey key = started.take();
                long end = System.nanoTime() + LONGEST_NANOS;
                while (key != null) {
                    key.pollEvents();
                    if (!key.reset()) {
                        gone(key);
                    }
                    changed.add(key);
                    // one folder that is written all the time must not keep the others from being read
                    key = System.nanoTime() < end ? started.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : null;
                }
                changed.forEach(this::read);
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // the plugin is closed
        }
    }

    private void read(WatchKey key) {
        Folder folder;
        synchronized (this) {
            folder = watched.get(key);
        }
        if (folder != null) {
            try {
                folder.readAgain();
            } catch (IOException e) {
                log.accept(text(e) + "; workloads keep the values from before");
            }
        }
    }

    private synchronized void gone(WatchKey key) {
        Folder folder = watched.remove(key);
        if (folder != null) {
            open.remove(folder.path);
            log.accept(folder.path + " is gone; workloads keep its values until they are started again");
        }
    }

    private static String text(IOException e) {
        return e instanceof NoSuchFileException ? e.getMessage() + " does not exist" : e.getMessage();
    }

    @Override
    public synchronized void close() {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
