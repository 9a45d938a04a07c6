package dev.virga.plugin.messaging;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import dev.virga.plugin.Guests;
import dev.virga.plugin.Incoming;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.wasi.RateLimit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Hands messages to a workload; those that it fails at are delivered again, and at last put away as dead letters. */
final class Deliveries implements Receiver {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int LONGEST_TEXT = 300;

    private final Subscription subscription;
    private final Function<Message, Optional<String>> handler;
    private final int maxDeliver;
    private final Optional<String> deadLetter;
    private final MessagingBackend backend;
    private final PluginHost host;
    /** Guests decide how often there is something to say. */
    private final RateLimit lines = new RateLimit(1, 20, System::nanoTime);

    /** @param handler returns what went wrong; empty if the guest handled it */
    Deliveries(
            Subscription subscription,
            Function<Message, Optional<String>> handler,
            int maxDeliver,
            Optional<String> deadLetter,
            MessagingBackend backend,
            PluginHost host) {
        this.subscription = subscription;
        this.handler = handler;
        this.maxDeliver = maxDeliver;
        this.deadLetter = deadLetter;
        this.backend = backend;
        this.host = host;
    }

    static Function<Message, Optional<String>> wasmcloud(Guests guests, String system) {
        return message -> failure(guests.call(
                MessagingPlugin.WASMCLOUD_HANDLER,
                cause(system, message),
                handler -> handler.handleMessage(
                        new BrokerMessage(message.subject(), message.body(), message.replyTo()))));
    }

    static Function<Message, Optional<String>> wasi(Guests guests, String system, Subscription subscription) {
        return message -> {
            // both are closed here, since a guest that is kept warm may keep the message
            try (Holding holding = new Holding(subscription.limiter(), subscription.limits());
                    GuestMessage own = GuestMessage.received(holding, message)) {
                return failure(guests.call(
                        MessagingPlugin.WASI_HANDLER,
                        cause(system, message),
                        handler -> handler.handle(own)));
            }
        };
    }

    private static Incoming cause(String system, Message message) {
        return new Incoming(system, message.subject(), Headers.trace(message.headers()));
    }

    private static Optional<String> failure(Result<Void, ?> result) {
        return switch (result) {
            case Result.Ok<Void, ?> _ -> Optional.empty();
            case Result.Err<Void, ?>(Object error) -> Optional.of("the guest says: " + error);
        };
    }

    @Override
    public Optional<Duration> receive(Message message, long attempt) throws InterruptedException {
        int longest = subscription.limits().messageBytes();
        if (message.body().length > longest) {
            return giveUp(message, attempt, "it has " + message.body().length + " bytes; at most " + longest
                    + " are allowed");
        }
        Optional<String> failure;
        try {
            failure = handle(message);
        } catch (PluginException.Unavailable e) { // not this message's fault, so it is not given up
            log(message, "waits: " + e.getMessage());
            return Optional.of(pause(attempt));
        }
        if (failure.isEmpty()) {
            return Optional.empty();
        }
        if (Thread.interrupted()) { // the end of the subscription is no fault of the message either
            throw new InterruptedException();
        }
        if (attempt >= maxDeliver) {
            return giveUp(message, attempt, failure.get());
        }
        log(message, "is delivered again: " + failure.get());
        return Optional.of(pause(attempt));
    }

    private Optional<String> handle(Message message) {
        long bytes = message.bytes();
        if (!subscription.limiter().reserve(bytes)) {
            return Optional.of("the workload's memory limit leaves no room for it");
        }
        try {
            return handler.apply(message);
        } catch (Trap e) {
            return Optional.of("the guest trapped: " + e.getMessage());
        } catch (PluginException.Refused e) {
            return Optional.of(e.getMessage());
        } finally {
            subscription.limiter().release(bytes);
        }
    }

    /** Twice as long each time. */
    private static Duration pause(long attempt) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.clamp(attempt - 1, 0, 20));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private Optional<Duration> giveUp(Message message, long attempt, String why) {
        log(message, "is given up after " + attempt + " of " + maxDeliver + " deliveries: " + why);
        if (deadLetter.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>(message.headers());
        headers.put("Virga-Subject", message.subject());
        headers.put("Virga-Failure", printable(why));
        headers.put("Virga-Deliveries", Long.toString(attempt));
        Message letter = new Message(deadLetter.get(), headers, message.body(), Optional.empty());
        try {
            backend.publish(subscription.workload().namespace(), letter);
            return Optional.empty();
        } catch (MessagingException e) {
            log(message, "cannot be put to " + deadLetter.get() + ": " + e.getMessage());
            return backend.durable() ? Optional.of(pause(attempt)) : Optional.empty();
        }
    }

    private void log(Message message, String what) {
        if (lines.admits()) {
            long leftOut = lines.takeLeftOut();
            host.log(subscription.workload() + ": a message of " + printable(message.subject()) + " " + printable(what)
                    + (leftOut == 0 ? "" : " (" + leftOut + " such lines left out)"));
        }
    }

    /** A guest's text for a log or a header. */
    static String printable(String text) {
        String plain = text.codePoints()
                .limit(LONGEST_TEXT)
                .collect(
                        StringBuilder::new,
                        (out, c) -> out.appendCodePoint(c >= ' ' && c < 0x7f ? c : '?'),
                        StringBuilder::append)
                .toString();
        return plain.length() < text.length() ? plain + "..." : plain;
    }
}
