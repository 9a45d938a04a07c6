package dev.virga.plugin.blobstore;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Something that an instance holds open, and the memory that it is charged for it. Closed by any thread. */
final class Lease implements Closeable {

    private final BlobSession session;
    private Optional<Closeable> held = Optional.empty();
    private long charged;
    private boolean closed;

    /** Of {@link BlobSession#lease}, which has charged the bytes. */
    Lease(BlobSession session, long charged) {
        this.session = session;
        this.charged = charged;
    }

    /** Charges more. */
    synchronized void grow(long bytes) throws BlobException {
        if (closed) {
            throw new BlobException(BlobException.Reason.OTHER, "closed already");
        }
        session.reserve(bytes);
        charged += bytes;
    }

    /** Gives back part of what was charged. */
    synchronized void shrink(long bytes) {
        if (!closed) {
            session.release(bytes);
            charged -= bytes;
        }
    }

    /** The one thing to close with the lease: at once, if that is closed. */
    <C extends Closeable> C holding(C thing) throws IOException {
        synchronized (this) {
            if (!closed) {
                held = Optional.of(thing);
                return thing;
            }
        }
        thing.close();
        return thing;
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            if (held.isPresent()) {
                held.get().close();
            }
        } finally {
            session.release(charged);
            session.closed(this);
        }
    }
}
