package dev.virga.plugin.messaging;

import java.util.Map;
import java.util.Optional;

/**
 * A message as it travels.
 *
 * @param subject as the workload says it, without what a backend puts before it
 * @param headers by name
 * @param replyTo where an answer goes, as the workload is to say it
 */
public record Message(String subject, Map<String, String> headers, byte[] body, Optional<String> replyTo) {

    public Message {
        headers = Map.copyOf(headers);
    }

    public Message(String subject, byte[] body) {
        this(subject, Map.of(), body, Optional.empty());
    }

    Message to(String otherSubject) {
        return new Message(otherSubject, headers, body, Optional.empty());
    }

    /** What it takes to hold it, roughly. */
    public long bytes() {
        long bytes = 128L + body.length + 2L * subject.length();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            bytes += 64 + header.getKey().length() + header.getValue().length();
        }
        return bytes;
    }
}
