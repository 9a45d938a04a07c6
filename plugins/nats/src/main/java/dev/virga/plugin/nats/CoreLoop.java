package dev.virga.plugin.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Takes messages of one pattern; more than wait on this side the client library drops. */
final class CoreLoop implements Loops.Loop {

    private static final int PENDING_MESSAGES = 1024;
    private static final Duration FOR_EVER = Duration.ZERO;

    /** What is done with a message. */
    interface Delivery {
        void deliver(Message message) throws InterruptedException;
    }

    private final NatsClient client;
    private final String pattern;
    private final Optional<String> group;
    private final InFlight inFlight;
    private final Delivery delivery;
    private Optional<Subscription> open = Optional.empty();
    private Optional<Message> inHand = Optional.empty();

    CoreLoop(NatsClient client, String pattern, Optional<String> group, InFlight inFlight, Delivery delivery) {
        this.client = client;
        this.pattern = pattern;
        this.group = group;
        this.inFlight = inFlight;
        this.delivery = delivery;
    }

    @Override
    public void open() throws Exception {
        Connection connection = client.connected(client.timeout());
        Subscription subscription = group.isPresent()
                ? connection.subscribe(pattern, group.get())
                : connection.subscribe(pattern);
        open = Optional.of(subscription);
        subscription.setPendingLimits(PENDING_MESSAGES, Loops.PENDING_BYTES);
        connection.flush(client.timeout()); // the server knows of it now
    }

    @Override
    public void run() throws Exception {
        if (open.isEmpty()) {
            open();
        }
        Subscription subscription = open.orElseThrow();
        while (true) {
            deliver(subscription.nextMessage(FOR_EVER));
        }
    }

    private void deliver(Message message) throws InterruptedException {
        inHand = Optional.of(message);
        inFlight.take(1);
        inHand = Optional.empty();
        inFlight.start(() -> delivery.deliver(message));
    }

    @Override
    public void drain() throws Exception {
        Deque<Message> here = new ArrayDeque<>();
        inHand.ifPresent(here::add);
        try {
            if (open.isPresent()) {
                takeOver(open.get(), here);
            }
        } catch (IllegalStateException e) { // it is gone already, or in the middle
            deliverAll(here);
            throw e;
        }
        deliverAll(here);
    }

    private void deliverAll(Deque<Message> messages) throws InterruptedException {
        while (!messages.isEmpty()) {
            deliver(messages.remove());
        }
    }

    /** Ends it at the server, if that is there, and takes what has come: the client library would drop it. */
    private void takeOver(Subscription subscription, Deque<Message> here) throws Exception {
        if (client.isConnected()) {
            subscription.drain(client.timeout()); // when it returns, all that the server has sent is here
        }
        while (subscription.getPendingMessageCount() > 0) {
            here.add(subscription.nextMessage(FOR_EVER));
        }
    }

    @Override
    public void close() {
        try {
            open.ifPresent(Subscription::unsubscribe);
        } catch (IllegalStateException _) {
            // it went with its connection
        }
        open = Optional.empty();
    }
}
