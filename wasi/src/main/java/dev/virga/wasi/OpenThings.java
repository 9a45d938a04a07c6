package dev.virga.wasi;

import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an instance has opened of one kind: bounded in number, and closed at the latest with it. */
public final class OpenThings implements Closeable {

    private final int max;
    private final Set<Closeable> open = new LinkedHashSet<>();
    private boolean closed;

    /** @param max how many may be open at a time */
    public OpenThings(int max) {
        this.max = max;
    }

    /** Whether one more may be opened. */
    public synchronized boolean hasRoom() {
        return !closed && open.size() < max;
    }

    /** Takes charge of it until it is removed. */
    public void add(Closeable thing) throws IOException {
        synchronized (this) {
            if (!closed) {
                open.add(thing);
                return;
            }
        }
        thing.close(); // opened while the instance went away
    }

    /** Takes charge of it if there is room. */
    public synchronized boolean tryAdd(Closeable thing) {
        return hasRoom() && open.add(thing);
    }

    public synchronized void remove(Closeable thing) {
        open.remove(thing);
    }

    /** Closes all, the last opened first; the first failure is thrown after the others are closed too. */
    @Override
    public void close() throws IOException {
        List<Closeable> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open).reversed();
            open.clear();
        }
        IOException failure = null;
        for (Closeable thing : all) {
            try {
                thing.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
