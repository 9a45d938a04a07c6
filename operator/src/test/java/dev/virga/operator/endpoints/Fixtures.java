package dev.virga.operator.endpoints;

import dev.virga.operator.endpoints.Target.State;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Optional;

/** Services and targets of tests. */
final class Fixtures {

    private Fixtures() {}

    static Service service(String name) {
        return new ServiceBuilder()
                .withNewMetadata().withNamespace("acme").withName(name).withUid("uid-" + name).endMetadata()
                .withNewSpec()
                .addNewPort().withName("http").withPort(80).endPort()
                .endSpec()
                .build();
    }

    static Replica replica(String host, boolean ready) {
        return new Replica("on-" + host, host, ready ? Replica.State.READY : Replica.State.NOT_READY);
    }

    static Target ready(int number) {
        return target(number, State.READY, 8080);
    }

    static Target target(int number, State state, int port) {
        return new Target(
                List.of("10.0." + number / 250 + "." + (1 + number % 250)), port, state, Optional.of("node"), Optional.of("a"));
    }
}
