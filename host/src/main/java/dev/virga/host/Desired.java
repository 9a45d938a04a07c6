package dev.virga.host;

import dev.virga.host.manifest.DeployPolicy;

/** How an object that was applied should be. */
record Desired(Template template, int replicas, DeployPolicy policy) {

    Desired withReplicas(int count) {
        return new Desired(template, count, policy);
    }
}
