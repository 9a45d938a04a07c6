package dev.virga.wasi.filesystem;

import dev.virga.wasi.filesystem.Errors.Operation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Room on a disk for what guests write in directories that were empty at first and that nobody else writes to. Whoever
 * shares it changes files one at a time, since what a change takes is seen by the file's size before and after.
 */
public final class DiskQuota {

    /** For directories whose room is their owner's concern. */
    public static final DiskQuota NONE = new DiskQuota(Long.MAX_VALUE, () -> {});

    /** What a name in a directory takes, and a file beside its content. */
    static final long ENTRY = 4096;

    private final long max;
    private final Runnable refused;
    private boolean told;
    private final ReentrantLock lock = new ReentrantLock();
    private long used;
    /** How many times each file is open; one that is removed takes its room until nobody has it open. */
    private final Map<Object, Integer> open = new HashMap<>();

    private final Set<Object> unlinked = new HashSet<>();

    /**
     * @param max bytes of all files together
     * @param refused called the first time that there is no room
     */
    public DiskQuota(long max, Runnable refused) {
        this.max = max;
        this.refused = refused;
    }

    /** The bytes that are taken. */
    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /** Does something while nothing else changes. */
    <T> T exclusively(Operation<T> operation) throws IOException {
        if (this == NONE) {
            return operation.run();
        }
        lock.lock();
        try {
            return operation.run();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes to a file.
     *
     * @param most the size that it has afterwards, at most
     * @throws ErrorCodeException if there is no room for that
     */
    void write(Node file, FileChannel channel, long most, Operation<Void> operation) throws IOException {
        exclusively(() -> {
            if (this == NONE) {
                return operation.run();
            }
            long before = channel.size();
            requireRoom(most - before);
            try {
                return operation.run();
            } finally {
                used += size(file, channel) - before;
            }
        });
    }

    /** As {@link #write} at the end of the file. */
    void append(Node file, FileChannel channel, int bytes, Operation<Void> operation) throws IOException {
        exclusively(() -> {
            write(file, channel, this == NONE ? 0 : channel.size() + bytes, operation);
            return null;
        });
    }

    /** An interrupt closes a channel. */
    private static long size(Node file, FileChannel channel) throws IOException {
        return channel.isOpen() ? channel.size() : file.attributes().size();
    }

    /** Makes a name. */
    <T> T create(Operation<T> operation) throws IOException {
        return exclusively(() -> {
            requireRoom(ENTRY);
            T made = operation.run();
            used += this == NONE ? 0 : ENTRY;
            return made;
        });
    }

    /** A name is gone that led to this. */
    void removed(Attributes gone) {
        if (this == NONE) {
            return;
        }
        used -= ENTRY;
        if (gone.type() == DescriptorType.REGULAR_FILE && gone.links() == 1) {
            if (open.containsKey(gone.key())) {
                unlinked.add(gone.key());
            } else {
                used -= gone.size();
            }
        }
    }

    /** A file is open once more. */
    void opened(Node file) throws IOException {
        if (this != NONE) {
            open.merge(file.attributes().key(), 1, Integer::sum);
        }
    }

    /** And once less. */
    void closed(Node file, FileChannel channel) throws IOException {
        exclusively(() -> {
            if (this != NONE) {
                Object key = file.attributes().key();
                open.computeIfPresent(key, (_, times) -> times == 1 ? null : times - 1);
                if (!open.containsKey(key) && unlinked.remove(key)) {
                    used -= size(file, channel);
                }
            }
            return null;
        });
    }

    private void requireRoom(long more) throws ErrorCodeException {
        if (more > max - used) {
            if (!told) {
                told = true;
                refused.run();
            }
            throw new ErrorCodeException(ErrorCode.QUOTA);
        }
    }
}
