package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.messaging.Message;
import dev.virga.plugin.messaging.MessagingBackend;
import dev.virga.plugin.messaging.MessagingException;
import dev.virga.plugin.messaging.Receiver;
import dev.virga.plugin.messaging.Subscription;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.PublishOptions;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.util.List;

/** Streams on NATS: what is published is stored, and delivered until it is acknowledged. */
final class JetStreamMessaging implements MessagingBackend {

    /** {@code jetstream}. */
    public static final class Kind implements MessagingBackend.Kind {

        @Override
        public String name() {
            return "jetstream";
        }

        @Override
        public MessagingBackend open(String backend, Settings settings, PluginHost host) {
            NatsSettings.allow(settings, "stream", "storage", "replicas", "maxAge", "maxBytes");
            return new JetStreamMessaging(backend, settings, host);
        }
    }

    private final Tenancy tenancy;
    private final Streams streams;
    private final NatsClient client;
    private final PluginHost host;

    private JetStreamMessaging(String backend, Settings settings, PluginHost host) {
        // a stream answers whoever publishes to its subjects: requests must not meet it
        this.tenancy = Tenancy.of(settings, "-stream");
        this.streams = new Streams(tenancy, settings);
        this.client = new NatsClient(backend, settings, host::log, _ -> streams.forget());
        this.host = host;
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void check(Subscription subscription) {
        if (subscription.group().isEmpty()) {
            throw new PluginException.Refused("the setting \"consumer_group\" is broadcast, but a stream keeps for each"
                    + " group what it has had; name a group");
        }
    }

    @Override
    public void publish(String namespace, Message message) {
        if (message.replyTo().isPresent()) {
            throw new MessagingException.Refused("a stream cannot carry a reply subject; use a backend of the kind nats");
        }
        NatsMessage outer = Messages.outer(tenancy, namespace, message);
        Messages.sending(() -> {
            Connection connection = client.ready(client.timeout());
            try {
                String stream = streams.ensure(connection, namespace);
                JetStreamOptions options =
                        JetStreamOptions.builder().requestTimeout(client.timeout()).build();
                connection.jetStream(options)
                        .publish(outer, PublishOptions.builder().expectedStream(stream).build());
            } catch (JetStreamApiException e) {
                streams.forget();
                throw new MessagingException.Unavailable(
                        "the stream does not take the message: " + e.getErrorDescription(), e);
            } catch (IOException e) {
                streams.forget();
                throw new MessagingException.Unavailable(
                        "the stream did not confirm the message, which may be stored or not: " + e.getMessage(), e);
            }
            return connection;
        });
    }

    @Override
    public List<Message> request(String namespace, Message message, Wanted wanted) {
        throw new MessagingException.Refused("a stream answers no requests; use a backend of the kind nats or memory");
    }

    @Override
    public Delivering subscribe(Subscription subscription, Receiver receiver) {
        return new Loops(
                        subscription,
                        host,
                        (pattern, inFlight) ->
                                new StreamLoop(client, tenancy, streams, subscription, pattern, inFlight, receiver))
                .start();
    }

    @Override
    public void close() {
        client.close();
    }
}
