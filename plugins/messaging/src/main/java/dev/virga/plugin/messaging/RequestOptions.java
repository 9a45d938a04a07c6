package dev.virga.plugin.messaging;

import java.time.Duration;

/** {@code wasi:messaging/request-reply.request-options}. */
public final class RequestOptions {

    private Duration timeout = Sender.LONGEST;
    private int replies = 1;

    RequestOptions() {}

    /** {@code [method]request-options.set-timeout-ms}: unsigned; 0 leaves no time. */
    public void setTimeoutMs(int timeoutMs) {
        timeout = timeoutMs == 0 ? Duration.ZERO : Sender.timeout(timeoutMs);
    }

    /** {@code [method]request-options.set-expected-replies}: unsigned. */
    public void setExpectedReplies(int expectedReplies) {
        replies = expectedReplies < 0 ? Integer.MAX_VALUE : Math.max(expectedReplies, 1);
    }

    Duration timeout() {
        return timeout;
    }

    int replies() {
        return replies;
    }
}
