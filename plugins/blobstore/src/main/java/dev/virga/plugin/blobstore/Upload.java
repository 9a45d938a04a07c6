package dev.virga.plugin.blobstore;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Bytes on their way into an object. They go to the backend at once when it is known where to; those that come
 * before wait in memory. Used by one thread at a time.
 */
final class Upload implements Closeable {

    /** Charged for each chunk that waits beside its bytes. */
    private static final int CHUNK_OVERHEAD = 32;

    private final BlobSession session;
    private final Lease lease;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private Optional<BlobWrite> target = Optional.empty();
    private Optional<IOException> failure = Optional.empty();
    private long waitingBytes;
    private long written;
    private long most = Long.MAX_VALUE;
    private boolean ended;

    Upload(BlobSession session) throws IOException {
        this.session = session;
        this.lease = session.lease(0);
    }

    /** Whether nothing is taken any more. */
    boolean ended() {
        return ended;
    }

    boolean hasTarget() {
        return target.isPresent();
    }

    /** Tells where the bytes go. To be called once. */
    void sendTo(BlobSession destination, BlobId object) throws IOException {
        lease.grow(destination.backend().writeBuffer());
        most = destination.objectBytes();
        BlobWrite write = lease.holding(destination.backend().write(object));
        target = Optional.of(write);
        while (!waiting.isEmpty()) {
            byte[] chunk = waiting.remove();
            send(write, chunk, chunk.length);
        }
        lease.shrink(waitingBytes);
        waitingBytes = 0;
    }

    void write(byte[] bytes, int length) throws IOException {
        if (target.isPresent()) {
            send(target.get(), bytes, length);
        } else {
            await(bytes.length == length ? bytes : Arrays.copyOf(bytes, length));
        }
    }

    private void await(byte[] bytes) throws IOException {
        long charge = bytes.length + CHUNK_OVERHEAD;
        int limit = session.limits().valueBytes();
        if (waitingBytes + charge > limit) {
            throw fail(session.refused(BlobException.Reason.QUOTA, "more than " + limit
                    + " bytes were written before write-data told where to; call it first"));
        }
        lease.grow(charge);
        waitingBytes += charge;
        waiting.add(bytes);
    }

    private void send(BlobWrite write, byte[] bytes, int length) throws IOException {
        if (length > most - written) {
            throw fail(session.refused(
                    BlobException.Reason.QUOTA, "the object has more than the " + most + " bytes that are allowed"));
        }
        try {
            write.write(bytes, 0, length);
        } catch (IOException e) {
            throw fail(e);
        }
        written += length;
    }

    private IOException fail(IOException reason) {
        failure = Optional.of(reason);
        return reason;
    }

    /** Makes the object visible, or tells why it is not. Nothing is held afterwards. */
    void commit() throws IOException {
        ended = true;
        try (lease) {
            if (failure.isPresent()) {
                throw failure.get();
            }
            if (target.isEmpty()) {
                throw new BlobException(
                        BlobException.Reason.OTHER, "the value was not given to a container; call write-data before");
            }
            target.get().commit();
        }
    }

    /** Lets go of what was written, unless it was committed. */
    @Override
    public void close() throws IOException {
        ended = true;
        lease.close();
    }
}
