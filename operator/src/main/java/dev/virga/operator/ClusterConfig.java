package dev.virga.operator;

import dev.virga.host.manifest.ConfigSources;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The ConfigMaps and Secrets of the cluster, and word of their changes. Kept is that they are there, and what those hold
 * that somebody has asked for.
 */
final class ClusterConfig implements ConfigSources, AutoCloseable {

    private static final int MOST_READ = 10_000;

    private final KubernetesClient client;
    private final List<SharedIndexInformer<ConfigMap>> configMaps;
    private final List<SharedIndexInformer<Secret>> secrets;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** By kind, namespace and name; the longest unused goes first. */
    private final Map<String, HasMetadata> read = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HasMetadata> eldest) {
            return size() > MOST_READ;
        }
    });

    /**
     * Returns when all have been read.
     *
     * @param namespaces those to look into; empty for all
     * @param withSecrets whether Secrets are read at all
     */
    ClusterConfig(KubernetesClient client, Set<String> namespaces, boolean withSecrets) {
        this.client = client;
        configMaps = watch(client.configMaps(), namespaces);
        secrets = withSecrets ? watch(client.secrets(), namespaces) : List.of();
    }

    private <T extends HasMetadata, L extends KubernetesResourceList<T>> List<SharedIndexInformer<T>> watch(
            MixedOperation<T, L, ? extends Resource<T>> all, Set<String> namespaces) {
        return namespaces.isEmpty()
                ? List.of(watch(all.inAnyNamespace()))
                : namespaces.stream().map(name -> watch(all.inNamespace(name))).toList();
    }

    private <T extends HasMetadata> SharedIndexInformer<T> watch(Informable<T> some) {
        return some.runnableInformer(0)
                .itemStore(new TransformingItemStore<>(ClusterConfig::withoutContents))
                .addEventHandler(new Handler<>())
                .run();
    }

    private static <T extends HasMetadata> T withoutContents(T object) {
        ObjectMeta kept = Writes.of(object);
        kept.setUid(object.getMetadata().getUid());
        kept.setResourceVersion(object.getMetadata().getResourceVersion());
        object.setMetadata(kept);
        switch (object) {
            case ConfigMap map -> {
                map.setData(Map.of());
                map.setBinaryData(Map.of());
            }
            case Secret secret -> secret.setData(Map.of());
            default -> throw new IllegalStateException(object.getKind() + " is not watched here");
        }
        return object;
    }

    /** Tells the name of a namespace in which something has changed. */
    void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<Map<String, String>> configMap(String namespace, String name) {
        return read(configMaps, ConfigMap.class, namespace, name).map(found -> {
            Map<String, String> values = new LinkedHashMap<>();
            Optional.ofNullable(found.getData()).ifPresent(values::putAll);
            Optional.ofNullable(found.getBinaryData()).ifPresent(data -> decode(data, values));
            return values;
        });
    }

    @Override
    public Optional<Map<String, String>> secret(String namespace, String name) {
        return read(secrets, Secret.class, namespace, name).map(found -> {
            Map<String, String> values = new LinkedHashMap<>();
            Optional.ofNullable(found.getData()).ifPresent(data -> decode(data, values));
            return values;
        });
    }

    /** Known to those only who may read the Secret; empty if there is none. */
    String secretUid(String namespace, String name) {
        return find(secrets, namespace, name).map(found -> found.getMetadata().getUid()).orElse("");
    }

    private static void decode(Map<String, String> data, Map<String, String> values) {
        data.forEach((key, value) ->
                values.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    }

    /** Read anew when it has changed. */
    private <T extends HasMetadata> Optional<T> read(
            List<SharedIndexInformer<T>> informers, Class<T> kind, String namespace, String name) {
        String key = kind.getSimpleName() + "/" + namespace + "/" + name;
        Optional<T> there = find(informers, namespace, name);
        if (there.isEmpty()) {
            read.remove(key);
            return Optional.empty();
        }
        String version = there.get().getMetadata().getResourceVersion();
        HasMetadata last = read.get(key);
        if (last != null && last.getMetadata().getResourceVersion().equals(version)) {
            return Optional.of(kind.cast(last));
        }
        Optional<T> now = Optional.ofNullable(client.resources(kind).inNamespace(namespace).withName(name).get());
        now.ifPresent(object -> read.put(key, object));
        return now;
    }

    private static <T extends HasMetadata> Optional<T> find(
            List<SharedIndexInformer<T>> informers, String namespace, String name) {
        return informers.stream()
                .map(informer -> informer.getIndexer().getByKey(namespace + "/" + name))
                .filter(Objects::nonNull)
                .findFirst();
    }

    @Override
    public void close() {
        List<SharedIndexInformer<?>> all = new ArrayList<>(secrets);
        all.addAll(configMaps);
        all.forEach(SharedIndexInformer::close);
    }

    private final class Handler<T extends HasMetadata> implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T object) {
            tell(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            if (!before.getMetadata().getResourceVersion().equals(object.getMetadata().getResourceVersion())) {
                tell(object);
            }
        }

        @Override
        public void onDelete(T object, boolean stateUnknown) {
            tell(object);
        }

        private void tell(T object) {
            listeners.forEach(listener -> listener.accept(object.getMetadata().getNamespace()));
        }
    }
}
