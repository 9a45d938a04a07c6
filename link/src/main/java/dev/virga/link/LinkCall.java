package dev.virga.link;

import java.time.Duration;
import java.util.Map;

/**
 * A call on its way.
 *
 * @param callerNamespace of the workload that calls
 * @param fingerprint of the function's type, as the caller has it
 * @param within how long an answer is of use
 * @param requestId for logs; may be empty
 * @param trace headers of the trace context; may be empty
 * @param arguments encoded
 */
public record LinkCall(
        String callerNamespace,
        String function,
        String fingerprint,
        Duration within,
        String requestId,
        Map<String, String> trace,
        byte[] arguments) {}
