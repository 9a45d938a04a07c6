package dev.virga.operator.endpoints;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What all endpoints of a slice have in common. */
record Group(String family, List<Port> ports) {

    /** As Kubernetes has it when all defaults are filled in. */
    record Port(String name, int port, Optional<String> application) {

        EndpointPort made() {
            return new EndpointPortBuilder()
                    .withName(name)
                    .withPort(port)
                    .withProtocol("TCP")
                    .withAppProtocol(application.orElse(null))
                    .build();
        }
    }

    private static final String TCP = "TCP";

    /** Where wasmCloud's operator sends requests if a service names no ports. */
    private static final String DEFAULT = "http";

    /** The service's TCP ports, all of which are the host's one. */
    static Group of(Service service, Family family, int port) {
        List<Port> ports = service.getSpec().getPorts().stream()
                .filter(p -> p.getProtocol() == null || p.getProtocol().equals(TCP))
                .map(p -> port(p, port))
                .distinct()
                .toList();
        return new Group(
                family.toString(), ports.isEmpty() ? List.of(new Port(DEFAULT, port, Optional.empty())) : ports);
    }

    private static Port port(ServicePort port, int of) {
        return new Port(
                Objects.requireNonNullElse(port.getName(), ""), of, Optional.ofNullable(port.getAppProtocol()));
    }

    static Group of(EndpointSlice slice) {
        List<Port> ports = slice.getPorts().stream()
                .map(p -> new Port(
                        Objects.requireNonNullElse(p.getName(), ""),
                        Objects.requireNonNullElse(p.getPort(), 0),
                        Optional.ofNullable(p.getAppProtocol())))
                .toList();
        return new Group(slice.getAddressType(), ports);
    }
}
