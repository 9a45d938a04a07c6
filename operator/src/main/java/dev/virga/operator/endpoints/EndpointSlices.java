package dev.virga.operator.endpoints;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes the slices of services. */
final class EndpointSlices {

    /** On the one slice that wasmCloud's operator keeps for a service; it is taken over. */
    static final String WASMCLOUD = "wasmcloud.dev/route-manager";

    private static final int TRIES = 3;

    private final KubernetesClient client;

    EndpointSlices(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Makes a service's slices have these targets, and no others. Slices that are somebody else's stay.
     *
     * @return how many slices were written or deleted
     * @throws KubernetesClientException if that fails, or others change the slices again and again
     */
    int apply(Service service, Collection<Target> targets) {
        for (int left = TRIES; ; left--) {
            SlicePlan plan = SlicePlan.of(service, targets, existing(service));
            try {
                carryOut(plan);
                return plan.create().size() + plan.update().size() + plan.delete().size();
            } catch (KubernetesClientException e) {
                if (left <= 1 || e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private List<EndpointSlice> existing(Service service) {
        return client.discovery().v1().endpointSlices()
                .inNamespace(service.getMetadata().getNamespace())
                .withLabel(SlicePlan.SERVICE, service.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .filter(slice -> isOurs(slice.getMetadata().getLabels()))
                .toList();
    }

    private static boolean isOurs(Map<String, String> labels) {
        return SlicePlan.MANAGER.equals(labels.get(SlicePlan.MANAGED_BY)) || labels.containsKey(WASMCLOUD);
    }

    /** What is there before what goes, so that there is never less than before and after. */
    private void carryOut(SlicePlan plan) {
        plan.create().forEach(slice -> client.resource(slice).create());
        plan.update().forEach(slice -> client.resource(slice)
                .lockResourceVersion(slice.getMetadata().getResourceVersion())
                .update());
        plan.delete().forEach(slice -> client.resource(slice).delete());
    }
}
