package dev.virga.plugin.nats;

import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobException.Reason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Chunks of no object that could not be purged since the server was away. Purged when something is written again. */
final class Leftovers {

    /** Of more, the rest stays on the server. */
    private static final int MOST = 1000;

    private record Chunks(ObjectBucket bucket, String nuid) {}

    private final Deque<Chunks> waiting = new ArrayDeque<>(); // guarded by this

    /** Purges these, now or later. */
    void purge(ObjectBucket bucket, Optional<String> nuid) {
        nuid.map(n -> new Chunks(bucket, n)).ifPresent(this::purge);
    }

    /** Purges what waits, as far as the server does it now. */
    void purge() {
        for (Optional<Chunks> next = take(); next.isPresent() && purge(next.get()); next = take()) {}
    }

    private synchronized Optional<Chunks> take() {
        return Optional.ofNullable(waiting.poll());
    }

    private boolean purge(Chunks chunks) {
        try {
            chunks.bucket().purge(chunks.nuid());
            return true;
        } catch (IOException e) {
            if (e instanceof BlobException told && told.reason() == Reason.NO_SUCH_CONTAINER) {
                return true; // they went with it
            }
            later(chunks);
            return false;
        }
    }

    private synchronized void later(Chunks chunks) {
        if (waiting.size() < MOST) {
            waiting.add(chunks);
        }
    }
}
