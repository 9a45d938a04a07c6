package dev.virga.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.List;
import java.util.Optional;

/** The objects that are kept in memory, without what is large and nobody reads: who has set which field. */
final class Caches {

    private Caches() {}

    /** Nothing where there is an informer for each of several namespaces: they cannot share one. */
    static <T extends HasMetadata> Optional<ItemStore<T>> store(OperatorSettings settings) {
        return settings.namespaces().size() > 1
                ? Optional.empty()
                : Optional.of(new TransformingItemStore<>(object -> {
                    object.getMetadata().setManagedFields(List.of());
                    return object;
                }));
    }

    /** @param concerned the objects that one of another kind concerns */
    static <R extends HasMetadata, P extends HasMetadata> InformerEventSource<R, P> source(
            Class<R> kind,
            EventSourceContext<P> context,
            SecondaryToPrimaryMapper<R> concerned,
            OperatorSettings settings) {
        var configuration = InformerEventSourceConfiguration.from(kind, context.getPrimaryResourceClass())
                .withSecondaryToPrimaryMapper(concerned)
                .withNamespacesInheritedFromController();
        Caches.<R>store(settings).ifPresent(configuration::withItemStore);
        return new InformerEventSource<>(configuration.build(), context);
    }
}
