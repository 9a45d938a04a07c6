package dev.virga.plugin.messaging;

import dev.virga.engine.Limiter;
import dev.virga.plugin.Limits;
import dev.virga.plugin.WorkloadName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a workload wants to receive.
 *
 * @param subjects patterns; {@code *} stands for one part and a last {@code >} for one or more
 * @param group of subscriptions, of which each message reaches one; empty if each gets all
 * @param maxInFlight how many messages are with the workload at a time; the others wait
 * @param ackWait how long a durable backend waits before it delivers a message again
 * @param limiter charged for what is held for the workload
 */
public record Subscription(
        WorkloadName workload,
        List<String> subjects,
        Optional<String> group,
        int maxInFlight,
        Duration ackWait,
        Limits limits,
        Limiter limiter) {

    public Subscription {
        subjects = List.copyOf(subjects);
    }
}
