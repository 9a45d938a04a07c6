package dev.virga.operator.endpoints;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What has to be done so that a service's slices have its targets, and no more: endpoints stay in the slices that they
 * are in.
 *
 * @param update each an existing one, at its version
 */
record SlicePlan(List<EndpointSlice> create, List<EndpointSlice> update, List<EndpointSlice> delete) {

    static final int MOST_ENDPOINTS = 100;
    static final String SERVICE = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String MANAGER = "operator.virga.dev";

    /** @param existing all slices of the service that are the operator's, or were wasmCloud's */
    static SlicePlan of(Service service, Collection<Target> targets, Collection<EndpointSlice> existing) {
        return new Planning(service, existing).plan(desired(service, targets));
    }

    boolean isEmpty() {
        return create.isEmpty() && update.isEmpty() && delete.isEmpty();
    }

    /** By group and address; of targets with the same address the best one counts. */
    private static Map<Group, Map<String, Endpoint>> desired(Service service, Collection<Target> targets) {
        List<String> families = service.getSpec().getIpFamilies();
        Map<Group, Map<String, Endpoint>> desired = new LinkedHashMap<>();
        targets.stream().sorted(Comparator.comparing(Target::state)).forEach(target -> {
            Set<Family> seen = new HashSet<>();
            for (String address : target.addresses()) {
                Family.of(address)
                        .filter(f -> families.isEmpty() || families.contains(f.toString()))
                        .filter(seen::add)
                        .ifPresent(family -> desired.computeIfAbsent(
                                        Group.of(service, family, target.port()), _ -> new TreeMap<>())
                                .putIfAbsent(address, endpoint(address, target)));
            }
        });
        return desired;
    }

    private static Endpoint endpoint(String address, Target target) {
        return new EndpointBuilder()
                .withAddresses(address)
                .withNewConditions()
                .withReady(target.state() == Target.State.READY)
                .withServing(target.state() != Target.State.NOT_READY)
                .withTerminating(target.state() == Target.State.TERMINATING)
                .endConditions()
                .withNodeName(target.node().orElse(null))
                .withZone(target.zone().orElse(null))
                .build();
    }

    /** One plan in the making. */
    private static final class Planning {
        private final Service service;
        private final Map<Group, List<EndpointSlice>> slices = new HashMap<>();
        private final Set<String> names = new HashSet<>();
        private final SlicePlan plan = new SlicePlan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        Planning(Service service, Collection<EndpointSlice> existing) {
            this.service = service;
            existing.stream()
                    .sorted(Comparator.comparing(s -> s.getMetadata().getName()))
                    .forEach(slice -> {
                        slices.computeIfAbsent(Group.of(slice), _ -> new ArrayList<>()).add(slice);
                        names.add(slice.getMetadata().getName());
                    });
        }

        SlicePlan plan(Map<Group, Map<String, Endpoint>> desired) {
            desired.forEach((group, endpoints) -> {
                List<EndpointSlice> old = slices.remove(group);
                fill(group, new TreeMap<>(endpoints), old == null ? List.of() : old);
            });
            slices.values().forEach(plan.delete()::addAll);
            return plan;
        }

        /** @param left endpoints that have no slice yet */
        private void fill(Group group, Map<String, Endpoint> left, List<EndpointSlice> old) {
            Map<EndpointSlice, List<Endpoint>> kept = new LinkedHashMap<>();
            for (EndpointSlice slice : old) {
                kept.put(slice, kept(slice, left));
            }
            // Those that change anyway come first, so that as few as possible do.
            List<EndpointSlice> order = new ArrayList<>(kept.keySet());
            order.sort(Comparator.comparing(slice -> kept.get(slice).equals(slice.getEndpoints())));
            for (EndpointSlice slice : order) {
                move(left, kept.get(slice));
            }
            kept.forEach(this::settle);
            while (!left.isEmpty()) {
                List<Endpoint> endpoints = new ArrayList<>();
                move(left, endpoints);
                String name = SliceNames.next(service.getMetadata().getName(), names);
                names.add(name);
                plan.create().add(created(name, group, endpoints));
            }
        }

        /** A slice's endpoints that are still wanted, as they are now. */
        private static List<Endpoint> kept(EndpointSlice slice, Map<String, Endpoint> left) {
            List<Endpoint> kept = new ArrayList<>();
            for (Endpoint endpoint : slice.getEndpoints()) {
                Endpoint wanted = endpoint.getAddresses().isEmpty() ? null : left.remove(endpoint.getAddresses().getFirst());
                if (wanted != null && kept.size() < MOST_ENDPOINTS) {
                    kept.add(wanted);
                }
            }
            return kept;
        }

        private static void move(Map<String, Endpoint> left, List<Endpoint> to) {
            var next = left.entrySet().iterator();
            while (next.hasNext() && to.size() < MOST_ENDPOINTS) {
                to.add(next.next().getValue());
                next.remove();
            }
        }

        private void settle(EndpointSlice slice, List<Endpoint> endpoints) {
            if (endpoints.isEmpty()) {
                plan.delete().add(slice);
            } else if (!endpoints.equals(slice.getEndpoints()) || !isOurs(slice)) {
                plan.update().add(new EndpointSliceBuilder(slice)
                        .editMetadata()
                        .addToLabels(labels())
                        .withOwnerReferences(owner())
                        .endMetadata()
                        .withEndpoints(endpoints)
                        .build());
            }
        }

        private boolean isOurs(EndpointSlice slice) {
            return slice.getMetadata().getLabels().entrySet().containsAll(labels().entrySet())
                    && slice.getMetadata().getOwnerReferences().stream()
                            .anyMatch(o -> service.getMetadata().getUid().equals(o.getUid()));
        }

        private EndpointSlice created(String name, Group group, List<Endpoint> endpoints) {
            return new EndpointSliceBuilder()
                    .withNewMetadata()
                    .withNamespace(service.getMetadata().getNamespace())
                    .withName(name)
                    .withLabels(labels())
                    .withOwnerReferences(owner())
                    .endMetadata()
                    .withAddressType(group.family())
                    .withPorts(group.ports().stream().map(Group.Port::made).toList())
                    .withEndpoints(endpoints)
                    .build();
        }

        private Map<String, String> labels() {
            return Map.of(SERVICE, service.getMetadata().getName(), MANAGED_BY, MANAGER);
        }

        private OwnerReference owner() {
            return new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("Service")
                    .withName(service.getMetadata().getName())
                    .withUid(service.getMetadata().getUid())
                    .withController(true)
                    .withBlockOwnerDeletion(true)
                    .build();
        }
    }
}
