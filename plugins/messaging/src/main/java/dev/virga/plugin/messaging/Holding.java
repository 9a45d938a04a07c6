package dev.virga.plugin.messaging;

import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import dev.virga.plugin.Limits;

/** What a guest makes the host hold in message resources: bounded, charged, and given back when this is closed. */
final class Holding implements AutoCloseable {

    private final Limiter limiter;
    private final Limits limits;
    private long charged;
    private int messages;
    private boolean closed;

    Holding(Limiter limiter, Limits limits) {
        this.limiter = limiter;
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    synchronized void opened() {
        if (messages == limits.handles()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "wasi:messaging: one message more than the " + messages
                    + " that an instance may have at a time; drop some");
        }
        messages++;
    }

    synchronized void gone() {
        messages--;
    }

    /** @param bytes how many more, or less than 0 for fewer */
    synchronized void change(long bytes) {
        if (closed) {
            return;
        }
        if (bytes > 0 && !limiter.reserve(bytes)) {
            throw new Trap(Trap.Kind.OUT_OF_MEMORY, "wasi:messaging: the memory limit leaves no room for a message of "
                    + bytes + " bytes");
        }
        if (bytes < 0) {
            limiter.release(-bytes);
        }
        charged += bytes;
    }

    @Override
    public synchronized void close() {
        closed = true;
        limiter.release(charged);
        charged = 0;
    }
}
