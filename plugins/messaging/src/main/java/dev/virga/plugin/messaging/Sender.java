package dev.virga.plugin.messaging;

import dev.virga.plugin.CallSpan;
import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Sends what one instance wants sent, after checks. */
final class Sender {

    /** Longer than any request should take; the workload's own deadline may end it sooner. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private final MessagingBackend backend;
    private final String system;
    private final Grant grant;
    private final InstanceContext instance;

    Sender(MessagingBackend backend, String system, Grant grant, InstanceContext instance) {
        this.backend = backend;
        this.system = system;
        this.grant = grant;
        this.instance = instance;
    }

    /**
     * @param millis unsigned
     * @throws MessagingException.Timeout if it is 0
     */
    static Duration timeout(int millis) {
        if (millis == 0) {
            throw new MessagingException.Timeout("a timeout of 0 ms leaves no time for an answer");
        }
        Duration timeout = Duration.ofMillis(Integer.toUnsignedLong(millis));
        return timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    }

    void publish(Message message) {
        check(message);
        instance.used(grant, "publish " + message.subject());
        traced("publish", message, traced -> {
            backend.publish(grant.workload().namespace(), traced);
            return null;
        });
    }

    List<Message> request(Message message, Duration timeout, int replies) {
        check(message);
        Limits limits = grant.limits();
        int most = Math.clamp(replies, 1, limits.listed());
        long bytes =
                Math.min((long) most * limits.messageBytes(), Math.max(limits.messageBytes(), limits.valueBytes()));
        long held = message.bytes();
        if (!instance.limiter().reserve(held)) {
            throw new MessagingException.Refused("the workload's memory limit leaves no room for a request of "
                    + message.body().length + " bytes");
        }
        try {
            instance.used(grant, "request " + message.subject());
            List<Message> answers = traced("request", message, traced -> backend.request(
                    grant.workload().namespace(),
                    traced,
                    new MessagingBackend.Wanted(timeout, most, bytes, instance.limiter())));
            answers.forEach(answer -> checkLength("an answer", answer));
            return answers;
        } finally {
            instance.limiter().release(held);
        }
    }

    private <T> T traced(String operation, Message message, Function<Message, T> send) {
        try (CallSpan span = instance.sending(system, operation, message.subject())) {
            Message traced = new Message(
                    message.subject(),
                    Headers.traced(message.headers(), span.headers()),
                    message.body(),
                    message.replyTo());
            try {
                return send.apply(traced);
            } catch (MessagingException e) {
                span.failed(e.getClass().getSimpleName().toLowerCase(Locale.ROOT));
                throw e;
            } catch (RuntimeException | Error e) {
                span.failed("other");
                throw e;
            }
        }
    }

    private void check(Message message) {
        checkLength("a message", message);
        subject("subject", message.subject());
        message.replyTo().ifPresent(replyTo -> subject("reply subject", replyTo));
        Headers.problem(message.headers()).ifPresent(problem -> {
            throw refused("a message: " + problem, "send fewer headers");
        });
    }

    private void checkLength(String what, Message message) {
        int longest = grant.limits().messageBytes();
        if (message.body().length > longest) {
            throw refused(what + " of " + message.body().length + " bytes: at most " + longest + " are allowed",
                    "store the content elsewhere and send its name, or raise the limit");
        }
    }

    private void subject(String what, String subject) {
        Optional<String> problem = Subjects.problem(subject, grant.limits().keyBytes());
        if (problem.isPresent()) {
            throw refused("the " + what + " \"" + Deliveries.printable(subject) + "\": " + problem.get(),
                    "use parts with dots between them");
        }
    }

    private MessagingException.Refused refused(String what, String remedy) {
        instance.refused(grant, what, remedy);
        return new MessagingException.Refused(what + "; " + remedy);
    }
}
