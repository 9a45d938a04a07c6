package dev.virga.plugin.messaging;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it receives. */
public final class Received implements Receiver {

    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

    @Override
    public Optional<Duration> receive(Message message, long attempt) {
        messages.add(message);
        return Optional.empty();
    }

    /** The next one; waits for it. */
    public Message next() throws InterruptedException {
        Message message = messages.poll(20, TimeUnit.SECONDS);
        assertNotNull(message, "no message within 20 s");
        return message;
    }

    public String nextBody() throws InterruptedException {
        return text(next());
    }

    public static String text(Message message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }
}
