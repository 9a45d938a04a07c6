package dev.virga.operator.endpoints;

import java.util.List;
import java.util.Optional;

/**
 * A host that requests to a service go to.
 *
 * @param addresses its IP addresses, at most one of each family counts
 * @param port where it takes requests
 * @param node that its pod is on
 */
record Target(
        List<String> addresses, int port, State state, Optional<String> node, Optional<String> zone) {

    /** What kube-proxy makes of it. */
    enum State {
        READY,

        /** It gets no requests. */
        NOT_READY,

        /** It is about to stop: it gets requests only while no other is ready. */
        TERMINATING
    }

    Target {
        addresses = List.copyOf(addresses);
    }
}
