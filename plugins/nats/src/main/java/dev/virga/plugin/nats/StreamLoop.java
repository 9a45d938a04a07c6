package dev.virga.plugin.nats;

import dev.virga.plugin.messaging.Receiver;
import dev.virga.plugin.messaging.Subscription;
import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes messages of one pattern from a stream, as many as there is room for: the others wait on the server. They are
 * acknowledged when they are done with; what is not, the server delivers again.
 */
final class StreamLoop implements Loops.Loop {

    /** How long the server answers to one pull; after a restart of it a pull is lost for so long. */
    private static final Duration PULL = Duration.ofSeconds(2);

    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int BATCH = 256;

    private final NatsClient client;
    private final Tenancy tenancy;
    private final Streams streams;
    private final Subscription subscription;
    private final String namespace;
    private final String pattern;
    private final InFlight inFlight;
    private final Receiver receiver;
    private final boolean shares; // each pattern has room of its own, so that an idle one does not hold up the others
    private final int share;
    private Optional<JetStreamSubscription> open = Optional.empty();

    StreamLoop(
            NatsClient client,
            Tenancy tenancy,
            Streams streams,
            Subscription subscription,
            String pattern,
            InFlight inFlight,
            Receiver receiver) {
        this.client = client;
        this.tenancy = tenancy;
        this.streams = streams;
        this.subscription = subscription;
        this.namespace = subscription.workload().namespace();
        this.pattern = tenancy.pattern(namespace, pattern);
        this.inFlight = inFlight;
        this.receiver = receiver;
        int fair = subscription.maxInFlight() / subscription.subjects().size();
        this.shares = fair > 0;
        this.share = Math.min(fair, BATCH);
    }

    @Override
    public void open() throws Exception {
        Connection connection = client.connected(client.timeout());
        String stream = streams.ensure(connection, namespace);
        connection.jetStreamManagement().addOrUpdateConsumer(stream, ConsumerConfiguration.builder()
                .durable(durable())
                .filterSubject(pattern)
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(subscription.ackWait())
                .maxDeliver(-1) // the receiver counts, so that nothing is given up without a dead letter
                .build());
        open = Optional.of(connection.jetStream().subscribe(null, PullSubscribeOptions.bind(stream, durable())));
    }

    /** The group's name, as the server allows it, and the same for the same pattern only. */
    private String durable() {
        String group = subscription.group().orElseThrow();
        UUID unique = UUID.nameUUIDFromBytes((namespace + " " + group + " " + pattern).getBytes(StandardCharsets.UTF_8));
        return group.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + unique.toString().substring(0, 8);
    }

    @Override
    public void run() throws Exception {
        if (open.isEmpty()) {
            streams.forget();
            open();
        }
        JetStreamSubscription source = open.orElseThrow();
        while (true) {
            int room = shares ? inFlight.take(share) : 1;
            try {
                source.pullExpiresIn(room, PULL);
                long end = System.nanoTime() + PULL.plus(GRACE).toNanos();
                while (room > 0) {
                    Duration left = Duration.ofNanos(end - System.nanoTime());
                    Message message = left.isPositive() ? source.nextMessage(left) : null;
                    if (message == null) {
                        break;
                    }
                    room--;
                    if (!shares) {
                        inFlight.take(1);
                    }
                    inFlight.start(() -> deliver(message));
                }
            } finally {
                inFlight.giveBack(shares ? room : 0);
            }
        }
    }

    private void deliver(Message message) throws InterruptedException {
        boolean ended = false;
        try {
            Optional<Duration> again = receiver.receive(
                    Messages.inner(tenancy, namespace, message, Optional.empty()),
                    message.metaData().deliveredCount());
            ended = true;
            again.ifPresentOrElse(message::nakWithDelay, message::ack);
        } catch (IllegalStateException e) { // not connected: it is delivered again after ackWait
            if (!ended) {
                throw e;
            }
        } finally {
            if (!ended) {
                message.nakWithDelay(AFTER_FAILURE);
            }
        }
    }

    @Override
    public void close() {
        try {
            open.ifPresent(JetStreamSubscription::unsubscribe);
        } catch (IllegalStateException _) {
            // it went with its connection
        }
        open = Optional.empty();
    }
}
