package dev.virga.plugin.keyvalue;

import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.h2.mvstore.MVStore;

/**
 * Tables in memory, or in a file that a thread of this store writes: each time it commits all that was changed in
 * the meantime and waits for the disk, and then the changes' callers return. So one wait serves many. Opened when
 * it is first used; after a failure it is opened again, with what was committed before.
 */
final class LocalStore implements AutoCloseable {

    /** Pages of chunks that are less full than this are written anew, so that their room can be used. */
    private static final int FILL_RATE = 60;

    private static final int COMMITS_UNTIL_COMPACTION = 64;
    private static final int COMPACTED_AT_ONCE = 4 << 20;

    private final LocalFile file;
    private final long capacity;
    private final Changes changes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition dirty = lock.newCondition();
    private final Condition durable = lock.newCondition();
    private volatile Generation current;
    private boolean closed;

    /** From an opening to a failure or the end. All but the tables is guarded by the lock. */
    private static final class Generation {
        final Tables tables;
        long written;
        long committed;
        Optional<Throwable> failure = Optional.empty();
        Optional<Thread> committer = Optional.empty();

        Generation(Tables tables) {
            this.tables = tables;
        }
    }

    /** @param capacity in bytes, of each namespace */
    LocalStore(LocalFile file, long capacity, Changes changes) {
        this.file = file;
        this.capacity = capacity;
        this.changes = changes;
    }

    <T> T read(Function<Tables, T> query) {
        Generation generation = current;
        if (generation == null) {
            lock.lock();
            try {
                generation = opened();
            } finally {
                lock.unlock();
            }
        }
        MVStore store = generation.tables.store();
        try {
            // or the room of pages that are read here could be used again meanwhile
            MVStore.TxCounter reading = store.registerVersionUsage();
            try {
                return query.apply(generation.tables);
            } finally {
                store.deregisterVersionUsage(reading);
            }
        } catch (KeyValueException e) {
            throw e;
        } catch (RuntimeException e) {
            throw file.failed("read", e);
        }
    }

    /** Returns when what was changed is durable. */
    <T> T write(Function<Tables, T> change) {
        List<String> changed;
        T result;
        lock.lock();
        try {
            Generation generation = opened();
            try {
                try {
                    result = change.apply(generation.tables);
                } finally {
                    changed = generation.tables.takeChanged();
                    if (!changed.isEmpty()) {
                        generation.written++;
                        dirty.signal();
                    }
                }
            } catch (KeyValueException e) {
                throw e;
            } catch (RuntimeException e) {
                fail(generation, e);
                throw file.failed("changed", e);
            }
            if (!changed.isEmpty()) {
                awaitDurable(generation);
            }
        } finally {
            lock.unlock();
        }
        changes.tell(changed);
        return result;
    }

    private void awaitDurable(Generation generation) {
        if (generation.committer.isEmpty()) {
            return;
        }
        long mine = generation.written;
        while (generation.committed < mine && generation.failure.isEmpty()) {
            durable.awaitUninterruptibly();
        }
        if (generation.committed < mine) {
            throw file.failed("written", generation.failure.get());
        }
    }

    private Generation opened() {
        if (closed) {
            throw new KeyValueException(Reason.UNAVAILABLE, "the host is stopping");
        }
        if (current == null) {
            MVStore store = file.open();
            Generation generation;
            try {
                generation = new Generation(new Tables(store, capacity));
            } catch (RuntimeException e) {
                store.closeImmediately();
                throw file.failed("opened", e);
            }
            if (store.isPersistent()) {
                generation.committer = Optional.of(Thread.ofPlatform()
                        .name("keyvalue-commit")
                        .daemon()
                        .start(() -> commit(generation)));
            }
            current = generation;
        }
        return current;
    }

    private void commit(Generation generation) {
        MVStore store = generation.tables.store();
        try {
            for (int commits = 1; ; commits++) {
                long upTo;
                lock.lock();
                try {
                    while (generation.written == generation.committed && !closed && current == generation) {
                        dirty.awaitUninterruptibly();
                    }
                    if (generation.written == generation.committed || current != generation) {
                        return;
                    }
                    upTo = generation.written;
                    store.commit();
                    if (commits % COMMITS_UNTIL_COMPACTION == 0) {
                        store.compact(FILL_RATE, COMPACTED_AT_ONCE);
                    }
                } catch (RuntimeException | Error e) {
                    fail(generation, e); // before anyone else sees that the store closed itself
                    return;
                } finally {
                    lock.unlock();
                }
                store.sync();
                lock.lock();
                try {
                    generation.committed = upTo;
                    durable.signalAll();
                } finally {
                    lock.unlock();
                }
            }
        } catch (RuntimeException | Error e) {
            lock.lock();
            try {
                fail(generation, e);
            } finally {
                lock.unlock();
            }
        }
    }

    /** What was not durable yet is lost, and its callers get to know. */
    private void fail(Generation generation, Throwable failure) {
        if (generation.failure.isPresent()) {
            return;
        }
        generation.failure = Optional.of(failure);
        current = null;
        durable.signalAll();
        dirty.signalAll();
        generation.tables.store().closeImmediately();
    }

    /** Commits what is under way. */
    @Override
    public void close() {
        Generation last;
        lock.lock();
        try {
            closed = true;
            last = current;
            dirty.signalAll();
        } finally {
            lock.unlock();
        }
        if (last == null) {
            return;
        }
        boolean interrupted = false;
        while (last.committer.isPresent() && last.committer.get().isAlive()) {
            try {
                last.committer.get().join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        lock.lock();
        try {
            if (current == last) {
                current = null;
                last.tables.store().close();
            }
        } catch (RuntimeException e) {
            throw file.failed("closed", e);
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
