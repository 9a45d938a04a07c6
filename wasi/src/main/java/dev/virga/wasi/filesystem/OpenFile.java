package dev.virga.wasi.filesystem;

import dev.virga.wasi.OpenThings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A file opened for its bytes. Its descriptor and the streams made from it share it; the last one closes it. */
final class OpenFile implements Closeable {

    /** The most that one read gives, and so holds in memory. */
    static final int MAX_READ = 64 * 1024;

    private final Node node;
    private final FileChannel channel;
    private final Set<DescriptorFlag> flags;
    private final OpenThings registry;
    private final DiskQuota quota;
    private int users = 1;
    private Optional<FileChannel> appender = Optional.empty();

    private OpenFile(
            Node node, FileChannel channel, Set<DescriptorFlag> flags, OpenThings registry, DiskQuota quota) {
        this.node = node;
        this.channel = channel;
        this.flags = flags;
        this.registry = registry;
        this.quota = quota;
    }

    /** Takes over the node. To be called while nothing else changes by the quota. */
    static OpenFile open(
            Node node, Set<DescriptorFlag> flags, boolean truncate, OpenThings registry, DiskQuota quota)
            throws IOException {
        Set<OpenOption> options = syncOptions(flags);
        if (flags.contains(DescriptorFlag.WRITE) || truncate) {
            options.add(StandardOpenOption.WRITE);
        }
        if (flags.contains(DescriptorFlag.READ) || options.isEmpty()) {
            options.add(StandardOpenOption.READ);
        }
        FileChannel channel = node.open(options);
        try {
            if (truncate) {
                quota.write(node, channel, 0, () -> {
                    channel.truncate(0);
                    return null;
                });
            }
            quota.opened(node);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        OpenFile file = new OpenFile(node, channel, EnumSet.copyOf(withAccess(flags)), registry, quota);
        registry.add(file);
        return file;
    }

    /** Without either, the file counts as opened for reading, as in POSIX. */
    private static Set<DescriptorFlag> withAccess(Set<DescriptorFlag> flags) {
        Set<DescriptorFlag> all = new HashSet<>(flags);
        all.remove(DescriptorFlag.MUTATE_DIRECTORY);
        if (!all.contains(DescriptorFlag.WRITE)) {
            all.add(DescriptorFlag.READ);
        }
        return all;
    }

    private static Set<OpenOption> syncOptions(Set<DescriptorFlag> flags) {
        Set<OpenOption> options = new HashSet<>();
        if (flags.contains(DescriptorFlag.FILE_INTEGRITY_SYNC) || flags.contains(DescriptorFlag.REQUESTED_WRITE_SYNC)) {
            options.add(StandardOpenOption.SYNC);
        } else if (flags.contains(DescriptorFlag.DATA_INTEGRITY_SYNC)) {
            options.add(StandardOpenOption.DSYNC);
        }
        return options;
    }

    Node node() {
        return node;
    }

    Set<DescriptorFlag> flags() {
        return flags;
    }

    boolean canWrite() {
        return flags.contains(DescriptorFlag.WRITE);
    }

    void requireRead() throws IOException {
        if (!flags.contains(DescriptorFlag.READ)) {
            throw new ErrorCodeException(ErrorCode.BAD_DESCRIPTOR);
        }
    }

    void requireWrite() throws IOException {
        if (!canWrite()) {
            throw new ErrorCodeException(ErrorCode.BAD_DESCRIPTOR);
        }
    }

    /** At least one byte, or none at the end of the file. */
    byte[] read(int max, long offset) throws IOException {
        byte[] bytes = new byte[Math.min(max, MAX_READ)];
        int count = channel.read(ByteBuffer.wrap(bytes), offset);
        return count <= 0 ? new byte[0] : count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    void write(byte[] bytes, long offset) throws IOException {
        if (offset > Long.MAX_VALUE - bytes.length) {
            throw new ErrorCodeException(ErrorCode.FILE_TOO_LARGE);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        quota.write(node, channel, offset + bytes.length, () -> {
            while (buffer.hasRemaining()) {
                channel.write(buffer, offset + buffer.position());
            }
            return null;
        });
    }

    /** The system finds the end and writes there in one step, whoever else appends. */
    synchronized void append(byte[] bytes) throws IOException {
        if (appender.isEmpty()) {
            Set<OpenOption> options = syncOptions(flags);
            options.add(StandardOpenOption.APPEND);
            appender = Optional.of(node.open(options));
        }
        FileChannel end = appender.get();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        quota.append(node, end, bytes.length, () -> {
            while (buffer.hasRemaining()) {
                end.write(buffer);
            }
            return null;
        });
    }

    long size() throws IOException {
        return channel.size();
    }

    void resize(long size) throws IOException {
        long before = channel.size();
        if (size < before) {
            quota.write(node, channel, size, () -> {
                channel.truncate(size);
                return null;
            });
        } else if (size > before) {
            write(new byte[1], size - 1); // the system fills the rest with zeroes too
        }
    }

    void force(boolean metadata) throws IOException {
        channel.force(metadata);
    }

    synchronized OpenFile retain() {
        users++;
        return this;
    }

    void release() {
        boolean last;
        synchronized (this) {
            last = --users == 0;
        }
        if (last) {
            registry.remove(this);
            try {
                close();
            } catch (IOException e) {
                // Nothing was buffered here, so nothing is lost that the guest was told is written.
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (node; channel) {
            quota.closed(node, channel);
            if (appender.isPresent()) {
                appender.get().close();
            }
        }
    }
}
