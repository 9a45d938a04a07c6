package dev.virga.cli.cluster;

import dev.virga.host.manifest.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The objects of a cluster, by our kinds, as they are. */
final class ClusterObjects {

    private final KubernetesClient client;

    /** Up to where each kind was seen. */
    private final Map<Kind, String> seen = new EnumMap<>(Kind.class);

    ClusterObjects(KubernetesClient client) {
        this.client = client;
    }

    MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> of(
            Kind kind) {
        return named(kind.apiVersion(), kind.toString());
    }

    /** For kinds that are the cluster's only. */
    MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> named(
            String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        ResourceDefinitionContext.Builder context = new ResourceDefinitionContext.Builder()
                .withVersion(apiVersion.substring(slash + 1))
                .withKind(kind)
                .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(true);
        if (slash > 0) {
            context.withGroup(apiVersion.substring(0, slash));
        }
        return client.genericKubernetesResources(context.build());
    }

    /** Those of a namespace, or of all; those of a name, or all. */
    List<GenericKubernetesResource> list(Kind kind, Optional<String> namespace, Optional<String> name) {
        GenericKubernetesResourceList list = within(kind, namespace).list();
        seen.put(kind, list.getMetadata().getResourceVersion());
        return list.getItems().stream()
                .filter(object -> name.isEmpty() || name.get().equals(object.getMetadata().getName()))
                .toList();
    }

    private AnyNamespaceOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            within(Kind kind, Optional<String> namespace) {
        return namespace.isPresent() ? of(kind).inNamespace(namespace.get()) : of(kind).inAnyNamespace();
    }

    /** Returns when one of the kinds that were listed has changed since, or the time is over. */
    void awaitChange(Optional<String> namespace, Duration time) {
        CountDownLatch changed = new CountDownLatch(1);
        List<Watch> watches = new ArrayList<>();
        try {
            seen.forEach((kind, version) -> watches.add(within(kind, namespace).watch(version, watcher(changed))));
            changed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watches.forEach(Watch::close);
        }
    }

    private static Watcher<GenericKubernetesResource> watcher(CountDownLatch changed) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, GenericKubernetesResource object) {
                if (action != Action.BOOKMARK) {
                    changed.countDown();
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                changed.countDown(); // what was missed shows in the next list
            }
        };
    }
}
