package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.messaging.Message;
import dev.virga.plugin.messaging.MessagingException;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Messages on their way to the server and back. */
final class Messages {

    private Messages() {}

    /** @throws MessagingException.Refused if it would go where the workload may not send to */
    static NatsMessage outer(Tenancy tenancy, String namespace, Message message) {
        NatsMessage.Builder outer = NatsMessage.builder()
                .subject(subject(tenancy, namespace, message.subject()))
                .headers(headers(message.headers()))
                .data(message.body());
        message.replyTo().ifPresent(replyTo -> outer.replyTo(subject(tenancy, namespace, replyTo)));
        return outer.build();
    }

    private static String subject(Tenancy tenancy, String namespace, String subject) {
        return tenancy.outer(namespace, subject).orElseThrow(() -> new MessagingException.Refused(
                "the reply subject is not one that this host has given to this namespace"));
    }

    private static Headers headers(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return null; // none, as the library wants it
        }
        Headers all = new Headers();
        headers.forEach(all::put);
        return all;
    }

    static Message inner(Tenancy tenancy, String namespace, io.nats.client.Message message, Optional<String> replyTo) {
        Map<String, String> headers = new HashMap<>();
        if (message.hasHeaders()) {
            message.getHeaders().forEach((name, values) -> {
                if (!name.regionMatches(true, 0, "Nats-", 0, 5)) { // between server and client
                    headers.put(name, values.isEmpty() ? "" : values.getFirst());
                }
            });
        }
        return new Message(tenancy.inner(namespace, message.getSubject()), headers, message.getData(), replyTo);
    }

    /** Sends with what the library throws made the guest's errors. */
    static <T> T sending(Supplier<T> send) {
        try {
            return send.get();
        } catch (PluginException.Unavailable e) {
            throw new MessagingException.Unavailable(e.getMessage(), e);
        } catch (IllegalArgumentException e) { // too long for the server
            throw new MessagingException.Refused("NATS does not take the message: " + e.getMessage());
        } catch (IllegalStateException e) { // the connection was lost just now
            throw new MessagingException.Unavailable("NATS is not connected; try again later", e);
        }
    }
}
