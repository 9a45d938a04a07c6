package dev.virga.plugin.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullRequestOptions;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;

/**
 * Goes through messages of a stream in their order. The consumer for it lives no longer than a call.
 *
 * @param from the first sequence number
 * @param batch how many are asked for at a time
 * @param headersOnly whether the messages come without their bodies
 */
record StreamScan(long from, int batch, boolean headersOnly) {

    /** As many bytes come at a time, if no single message is larger. */
    private static final long BATCH_BYTES = 1 << 20;

    private static final long OVERHEAD = 64 << 10;
    private static final Duration IDLE = Duration.ofSeconds(30);

    interface Visitor {
        /** Whether to go on. */
        boolean visit(Message message);
    }

    /**
     * Shows them to the visitor until it has enough.
     *
     * @param subjects those of the messages
     * @param timeout how long to wait for the server each time
     * @return false if there are no more
     */
    boolean run(Connection connection, String stream, String subjects, Duration timeout, Visitor visitor)
            throws IOException, JetStreamApiException, InterruptedException {
        JetStreamOptions options = JetStreamOptions.builder().requestTimeout(timeout).build();
        ConsumerConfiguration configuration = ConsumerConfiguration.builder()
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(from)
                .ackPolicy(AckPolicy.None)
                .headersOnly(headersOnly)
                .memStorage(true)
                .numReplicas(1)
                .inactiveThreshold(IDLE)
                .build();
        JetStreamSubscription messages = connection.jetStream(options).subscribe(
                subjects, PullSubscribeOptions.builder().stream(stream).configuration(configuration).build());
        try {
            return pull(messages, connection.getMaxPayload(), timeout, visitor);
        } finally {
            String consumer = messages.getConsumerName();
            messages.unsubscribe();
            delete(connection.jetStreamManagement(options), stream, consumer);
        }
    }

    private static void delete(JetStreamManagement management, String stream, String consumer) {
        try {
            management.deleteConsumer(stream, consumer);
        } catch (IOException | JetStreamApiException _) {
            // the server does it when it was idle
        }
    }

    private boolean pull(JetStreamSubscription messages, long longest, Duration timeout, Visitor visitor)
            throws IOException, InterruptedException {
        PullRequestOptions request = PullRequestOptions.noWait(batch)
                .maxBytes(Math.max(BATCH_BYTES, longest + OVERHEAD))
                .build();
        while (true) {
            messages.pull(request);
            int count = 0;
            while (count < batch) {
                long end = System.nanoTime() + timeout.toNanos();
                Message message = messages.nextMessage(timeout);
                if (message == null) {
                    if (System.nanoTime() >= end) {
                        throw new IOException("Timeout while waiting for messages of a stream");
                    }
                    break; // as many bytes as were asked for, or no more messages
                }
                count++;
                boolean more = message.metaData().pendingCount() > 0;
                if (!visitor.visit(message) || !more) {
                    return more;
                }
            }
            if (count == 0) {
                return false;
            }
        }
    }
}
