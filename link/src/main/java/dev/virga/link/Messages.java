package dev.virga.link;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Calls and answers as messages of NATS. Whoever may speak to the server can have made them. */
final class Messages {

    /** A NATS message's headers count as part of what may be sent at most; these take less. */
    static final int HEADER_BYTES = 4096;

    private static final String DEADLINE = "Virga-Deadline";
    private static final String TYPE = "Virga-Type";
    private static final String REQUEST = "Virga-Request-Id";
    private static final String ERROR = "Virga-Error";
    private static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";

    private static final int LONGEST_ID = 128;
    private static final int LONGEST_TRACE = 1024;
    private static final int LONGEST_ERROR = 1024;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Messages() {}

    static NatsMessage of(LinkCall call, LinkAddress to, String replyTo) {
        Headers headers = new Headers();
        headers.put(DEADLINE, Long.toString(Math.max(1, call.within().toMillis())));
        headers.put(TYPE, call.fingerprint());
        put(headers, REQUEST, call.requestId(), LONGEST_ID);
        put(headers, TRACEPARENT, call.trace().getOrDefault(TRACEPARENT, ""), LONGEST_TRACE);
        put(headers, TRACESTATE, call.trace().getOrDefault(TRACESTATE, ""), LONGEST_TRACE);
        return NatsMessage.builder()
                .subject(to.subject(call.callerNamespace(), call.function()))
                .replyTo(replyTo)
                .headers(headers)
                .data(call.arguments())
                .build();
    }

    /** Some of these come from clients, and not all of those make a header. */
    private static void put(Headers headers, String name, String value, int longest) {
        if (!value.isEmpty() && isPlain(value, longest)) {
            headers.put(name, value);
        }
    }

    private static boolean isPlain(String value, int longest) {
        return value.length() <= longest && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /** @throws LinkException if it is no call */
    static LinkCall call(Message message, String callerNamespace) {
        String subject = message.getSubject();
        Map<String, String> trace = new HashMap<>();
        for (String name : new String[] {TRACEPARENT, TRACESTATE}) {
            header(message, name, LONGEST_TRACE).ifPresent(value -> trace.put(name, value));
        }
        return new LinkCall(
                callerNamespace,
                subject.substring(subject.lastIndexOf('.') + 1),
                header(message, TYPE, LONGEST_ID).orElse(""),
                within(message),
                header(message, REQUEST, LONGEST_ID).orElse(""),
                trace,
                message.getData());
    }

    private static Duration within(Message message) {
        try {
            long millis = Long.parseLong(header(message, DEADLINE, LONGEST_ID).orElse(""));
            if (millis > 0) {
                return Duration.ofMillis(Math.min(millis, LONGEST.toMillis()));
            }
        } catch (NumberFormatException _) {
            // as below
        }
        throw new LinkException(
                LinkException.Kind.MALFORMED, "the header " + DEADLINE + " must be a number of milliseconds above 0");
    }

    private static Optional<String> header(Message message, String name, int longest) {
        return Optional.ofNullable(message.getHeaders())
                .map(headers -> headers.getFirst(name))
                .filter(value -> isPlain(value, longest));
    }

    static NatsMessage answer(String replyTo, byte[] result) {
        return NatsMessage.builder().subject(replyTo).data(result).build();
    }

    static NatsMessage failure(String replyTo, LinkException why) {
        String text = why.getMessage().substring(0, Math.min(LONGEST_ERROR, why.getMessage().length()));
        return NatsMessage.builder()
                .subject(replyTo)
                .headers(new Headers().put(ERROR, why.kind().toString()))
                .data(text.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /**
     * The result that an answer holds.
     *
     * @throws LinkException if it holds a failure
     */
    static byte[] result(Message answer) {
        Optional<String> error = header(answer, ERROR, LONGEST_ID);
        if (error.isEmpty()) {
            return answer.getData();
        }
        byte[] data = answer.getData();
        String text = new String(data, 0, Math.min(LONGEST_ERROR, data.length), StandardCharsets.UTF_8);
        for (LinkException.Kind kind : LinkException.Kind.values()) {
            if (kind.toString().equals(error.get())) {
                throw new LinkException(kind, text);
            }
        }
        throw new LinkException(LinkException.Kind.FAILED, text);
    }
}
