package dev.virga.plugin.nats;

import dev.virga.plugin.keyvalue.Bucket.Page;
import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
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

    private static final Duration IDLE = Duration.ofSeconds(30);

    private KeyListing() {}

    static Page page(
            Connection connection, String bucket, String prefix, Optional<String> cursor, int most, Duration timeout)
            throws IOException, JetStreamApiException, InterruptedException {
        String subjects = "$KV." + bucket + ".";
        String stream = "KV_" + bucket;
        ConsumerConfiguration configuration = ConsumerConfiguration.builder()
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(cursor.map(KeyListing::sequence).orElse(1L))
                .ackPolicy(AckPolicy.None)
                .headersOnly(true)
                .memStorage(true)
                .numReplicas(1)
                .inactiveThreshold(IDLE)
                .build();
        JetStreamSubscription entries = connection.jetStream().subscribe(
                subjects + ">", PullSubscribeOptions.builder().stream(stream).configuration(configuration).build());
        try {
            int room = Math.max(most, LOOKED_AT);
            entries.pullNoWait(room);
            List<String> keys = new ArrayList<>();
            long next = 0;
            long left = 0;
            for (Message entry = entries.nextMessage(timeout); entry != null; entry = entries.nextMessage(timeout)) {
                next = entry.metaData().streamSequence() + 1;
                left = entry.metaData().pendingCount();
                if (!isDeleted(entry)) {
                    KeyNames.inner(entry.getSubject().substring(subjects.length()))
                            .filter(key -> key.startsWith(prefix))
                            .ifPresent(keys::add);
                }
                if (--room == 0 || left == 0 || keys.size() == most) {
                    break;
                }
            }
            return new Page(keys, left > 0 ? Optional.of(Long.toString(next)) : Optional.empty());
        } finally {
            String consumer = entries.getConsumerName();
            entries.unsubscribe();
            connection.jetStreamManagement().deleteConsumer(stream, consumer);
        }
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
