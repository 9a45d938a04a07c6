package dev.virga.link;

import io.nats.client.Connection;
import io.nats.client.Message;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Answers to calls: one subscription, from which each goes to the call that waits for it. */
final class Replies {

    static final String INBOX = "_INBOX.";

    private final String prefix = INBOX + UUID.randomUUID() + ".";
    private final AtomicLong next = new AtomicLong();
    private final Map<String, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();

    void listen(Connection connection) {
        connection.createDispatcher(this::arrived).subscribe(prefix + "*");
    }

    /** A new reply subject. */
    String open(CompletableFuture<Message> answer) {
        String subject = prefix + next.incrementAndGet();
        waiting.put(subject, answer);
        return subject;
    }

    void close(String subject) {
        waiting.remove(subject);
    }

    private void arrived(Message message) {
        CompletableFuture<Message> call = waiting.remove(message.getSubject());
        if (call != null) {
            call.complete(message);
        }
    }
}
