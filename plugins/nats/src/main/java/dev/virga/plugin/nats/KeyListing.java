package dev.virga.plugin.nats;

import dev.virga.plugin.keyvalue.Bucket.Page;
import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keys in the order in which they were last written: the server's own listing brings all at once. The cursor is the
 * number of the write to go on from; a key that is written meanwhile comes again, later.
 */
final class KeyListing {

    /** As many entries are looked at for a page, also if few of them have the prefix. */
    private static final int LOOKED_AT = 256;

    private KeyListing() {}

    static Page page(
            Connection connection, String bucket, String prefix, Optional<String> cursor, int most, Duration timeout)
            throws IOException, JetStreamApiException, InterruptedException {
        String subjects = "$KV." + bucket + ".";
        StreamScan scan = new StreamScan(
                cursor.map(KeyListing::sequence).orElse(1L), Math.min(Math.max(most, 1), LOOKED_AT), true);
        Found found = new Found();
        boolean more = scan.run(connection, "KV_" + bucket, subjects + ">", timeout, entry -> {
            found.next = entry.metaData().streamSequence() + 1;
            if (!isDeleted(entry)) {
                KeyNames.inner(entry.getSubject().substring(subjects.length()))
                        .filter(key -> key.startsWith(prefix))
                        .ifPresent(found.keys::add);
            }
            return ++found.seen < Math.max(most, LOOKED_AT) && found.keys.size() < most;
        });
        return new Page(found.keys, more ? Optional.of(Long.toString(found.next)) : Optional.empty());
    }

    private static final class Found {
        private final List<String> keys = new ArrayList<>();
        private long next;
        private int seen;
    }

    private static boolean isDeleted(Message entry) {
        return entry.hasHeaders() && entry.getHeaders().containsKey("KV-Operation");
    }

    private static long sequence(String cursor) {
        try {
            long sequence = Long.parseLong(cursor);
            if (sequence > 0) {
                return sequence;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new KeyValueException(Reason.INVALID, "this is not a cursor that an earlier call has returned");
    }
}
