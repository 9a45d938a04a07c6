package dev.virga.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Clients that know the kinds of this package. */
public final class Clients {

    private Clients() {}

    /** @param config such as {@link Config#autoConfigure}: of the pod that this runs in, or else of kubectl */
    public static KubernetesClient open(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(
                        new KubernetesSerialization(new ObjectMapper().registerModule(new Jdk8Module()), true))
                .build();
    }
}
