package dev.virga.plugin.nats;

import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.util.Set;
import java.util.function.Supplier;

/** A watch of a bucket, made again on each new connection. Changes in between are not told. */
final class BucketWatch implements AutoCloseable {

    private final Supplier<NatsKeyValueWatchSubscription> maker;
    private final Set<BucketWatch> all;
    private NatsKeyValueWatchSubscription subscription;
    private boolean closed;

    /**
     * @param maker waits for the server
     * @param all it is taken out of these when it is closed
     */
    BucketWatch(Supplier<NatsKeyValueWatchSubscription> maker, Set<BucketWatch> all) {
        this.maker = maker;
        this.all = all;
        this.subscription = maker.get();
    }

    synchronized void again() {
        if (!closed) {
            subscription = maker.get(); // the one before went with its connection
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        all.remove(this);
        try {
            subscription.unsubscribe();
        } catch (IllegalStateException _) {
            // it went with its connection
        }
    }
}
