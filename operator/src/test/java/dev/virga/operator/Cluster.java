package dev.virga.operator;

import io.fabric8.kubernetes.client.KubernetesClient;

/** A cluster for a test: an API server, and what removes the dependents of deleted objects. */
public interface Cluster extends AutoCloseable {

    KubernetesClient client();

    @Override
    void close();
}
