package dev.virga.plugin.nats;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.messaging.Mailbox;
import dev.virga.plugin.messaging.Message;
import dev.virga.plugin.messaging.MessagingBackend;
import dev.virga.plugin.messaging.Receiver;
import dev.virga.plugin.messaging.Subscription;
import io.nats.client.Connection;
import io.nats.client.impl.NatsMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Core NATS: at most once. */
final class NatsMessaging implements MessagingBackend {

    /** {@code nats}. */
    public static final class Kind implements MessagingBackend.Kind {

        @Override
        public String name() {
            return "nats";
        }

        @Override
        public MessagingBackend open(String backend, Settings settings, PluginHost host) {
            NatsSettings.allow(settings);
            return new NatsMessaging(backend, settings, host);
        }
    }

    private final Tenancy tenancy;
    private final Inboxes inboxes;
    private final NatsClient client;
    private final PluginHost host;

    private NatsMessaging(String backend, Settings settings, PluginHost host) {
        this.tenancy = Tenancy.of(settings, "");
        this.inboxes = new Inboxes(tenancy);
        this.client = new NatsClient(backend, settings, host::log, inboxes::listen);
        this.host = host;
    }

    @Override
    public void publish(String namespace, Message message) {
        send(namespace, message, client.timeout());
    }

    private void send(String namespace, Message message, Duration within) {
        NatsMessage outer = Messages.outer(tenancy, namespace, message);
        Messages.sending(() -> {
            Connection connection = client.ready(within);
            connection.publish(outer);
            return connection;
        });
    }

    @Override
    public List<Message> request(String namespace, Message message, Wanted wanted) {
        try (Mailbox mailbox = new Mailbox(wanted)) {
            String address = inboxes.open(namespace, message.subject(), mailbox);
            try {
                Message asking =
                        new Message(message.subject(), message.headers(), message.body(), Optional.of(address));
                send(namespace, asking, wanted.timeout());
                return mailbox.await(message.subject());
            } finally {
                inboxes.close(address);
            }
        }
    }

    @Override
    public Delivering subscribe(Subscription subscription, Receiver receiver) {
        String namespace = subscription.workload().namespace();
        return new Loops(subscription, host, (pattern, inFlight) -> new CoreLoop(
                        client,
                        tenancy.pattern(namespace, pattern),
                        subscription.group(),
                        inFlight,
                        outer -> receiver.receiveUntilDone(Messages.inner(
                                tenancy, namespace, outer, tenancy.innerReply(namespace, outer.getReplyTo())))))
                .start();
    }

    @Override
    public void close() {
        client.close();
    }
}
