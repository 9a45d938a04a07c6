package dev.virga.operator;

import io.fabric8.kubernetes.client.KubernetesClient;

/** A cluster for a test: an API server. */
public interface Cluster extends AutoCloseable {

    KubernetesClient client();

    @Override
    void close();
}
