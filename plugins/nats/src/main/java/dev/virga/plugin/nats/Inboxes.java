package dev.virga.plugin.nats;

import dev.virga.plugin.messaging.Mailbox;
import dev.virga.plugin.messaging.MessagingException;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Answers to requests, of all namespaces: one subscription, from which each goes to the request that waits for it. */
final class Inboxes {

    private static final int NO_RESPONDERS = 503;

    private record Waiting(String namespace, String subject, Mailbox mailbox) {}

    private final Tenancy tenancy;
    private final String host = UUID.randomUUID().toString();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    Inboxes(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    void listen(Connection connection) {
        connection.createDispatcher(this::arrived).subscribe("_INBOX." + (tenancy.shared() ? "" : "*.") + host + ".*");
    }

    /** @return the reply address, as a workload says it */
    String open(String namespace, String subject, Mailbox mailbox) {
        String token = UUID.randomUUID().toString();
        waiting.put(token, new Waiting(namespace, subject, mailbox));
        return "_INBOX." + host + "." + token;
    }

    void close(String address) {
        waiting.remove(token(address));
    }

    private static String token(String address) {
        return address.substring(address.lastIndexOf('.') + 1);
    }

    private void arrived(Message message) {
        Waiting request = waiting.get(token(message.getSubject()));
        if (request == null
                || !(tenancy.shared() || message.getSubject().startsWith("_INBOX." + request.namespace() + "."))) {
            return;
        }
        if (message.isStatusMessage()) {
            request.mailbox().fail(new MessagingException.Unavailable(
                    message.getStatus().getCode() == NO_RESPONDERS
                            ? "nobody listens to " + request.subject()
                            : "NATS says: " + message.getStatus().getMessage()));
            return;
        }
        Optional<String> replyTo = tenancy.innerReply(request.namespace(), message.getReplyTo());
        request.mailbox().offer(Messages.inner(tenancy, request.namespace(), message, replyTo));
    }
}
