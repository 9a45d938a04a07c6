package dev.virga.operator;

import dev.virga.host.manifest.ConfigSources;
import dev.virga.operator.placement.Assignments;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;

/** What all reconcilers work with. */
record Shared(
        KubernetesClient client,
        Fleet fleet,
        Cordons cordons,
        Assignments assignments,
        ConfigSources config,
        Events events,
        InstantSource clock,
        OperatorSettings settings) {

    Timing timing() {
        return settings.timing();
    }
}
