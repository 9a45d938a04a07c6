package dev.virga.ingress;

import java.time.Duration;
import java.util.Optional;

/**
 * An answer that no service gives.
 *
 * @param status 400 to 599
 * @param reason for the client to read: what was wrong, nothing of the inside
 * @param retryAfter when it may go better
 */
public record Refusal(int status, String reason, Optional<Duration> retryAfter) {

    static final String ATTRIBUTE = "dev.virga.ingress.refusal";

    public Refusal {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a refusal has a status from 400 to 599, not " + status);
        }
    }

    public Refusal(int status, String reason) {
        this(status, reason, Optional.empty());
    }
}
