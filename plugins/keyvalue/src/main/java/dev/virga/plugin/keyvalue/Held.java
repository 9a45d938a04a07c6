package dev.virga.plugin.keyvalue;

import dev.virga.engine.Limiter;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;

/** What is held for an instance: handles, bounded in number, and bytes, charged to its workload. */
final class Held {

    private final InstanceContext instance;
    private final int most;
    private int handles;
    private long bytes;
    private boolean registered;
    private boolean closed;

    /** @param most handles */
    Held(InstanceContext instance, int most) {
        this.instance = instance;
        this.most = most;
    }

    synchronized void take(long size) {
        if (closed) {
            throw new IllegalStateException("the instance is gone");
        }
        if (handles == most) {
            throw new KeyValueException(
                    Reason.QUOTA, "this instance holds " + most + " buckets and cas handles, and may not hold more; drop some");
        }
        reserve(size);
        if (!registered) {
            registered = true;
            instance.onClose(this::close);
        }
        handles++;
        bytes += size;
    }

    synchronized void giveBack(long size) {
        if (!closed) {
            handles--;
            bytes -= size;
            limiter().release(size);
        }
    }

    /** Checks that what a call brings has room. */
    void passing(long size) {
        reserve(size);
        limiter().release(size);
    }

    private void reserve(long size) {
        if (!limiter().reserve(size)) {
            throw new KeyValueException(
                    Reason.QUOTA, "the workload's memory limit leaves no room for " + size + " bytes more");
        }
    }

    private Limiter limiter() {
        return instance.limiter();
    }

    private synchronized void close() {
        closed = true;
        limiter().release(bytes);
        bytes = 0;
    }
}
