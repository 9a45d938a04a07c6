package dev.virga.host;

import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.Workload;
import dev.virga.plugin.WorkloadName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The manifests of a host, the oldest first: those that were applied, which are on disk, and placed ones. The host's lock
 * guards it.
 */
final class HostObjects {

    private final ObjectStore store;
    private final Map<String, Manifest> objects = new LinkedHashMap<>();
    private final Placed placed = new Placed();
    private Optional<ConfigSources> sources = Optional.empty();

    /** @param problems is told of what was applied before and cannot be read */
    HostObjects(ObjectStore store, Consumer<String> problems) {
        this.store = store;
        store.load(problems).forEach(this::put);
    }

    private void put(Manifest manifest) {
        objects.put(manifest.id(), manifest);
        forgetSources(manifest);
    }

    private void forgetSources(Manifest manifest) {
        if (Templates.isNamed(manifest)) {
            sources = Optional.empty();
        }
    }

    /** What manifests may name. */
    ConfigSources sources() {
        if (sources.isEmpty()) {
            sources = Optional.of(ConfigSources.of(objects.values()));
        }
        return placed.over(sources.get());
    }

    Templates templates() {
        return new Templates(objects, sources());
    }

    Applied apply(Manifest manifest) {
        Manifest before = objects.get(manifest.id());
        if (manifest.equals(before)) {
            return new Applied(manifest, Applied.Result.UNCHANGED);
        }
        store.save(manifest);
        put(manifest);
        return new Applied(manifest, before == null ? Applied.Result.CREATED : Applied.Result.CHANGED);
    }

    /** Takes a workload that is not kept on disk, with the secrets that it names. */
    void place(Workload workload, Map<String, Map<String, String>> secrets) {
        placed.add(WorkloadId.of(workload).name(), secrets);
        put(workload);
    }

    boolean isPlaced(WorkloadName name) {
        return placed.has(name);
    }

    /** @throws HostException.Missing if there is none */
    Manifest remove(Kind kind, String namespace, String name) {
        Manifest found = require(kind, namespace, name);
        store.delete(kind, namespace, name);
        objects.remove(found.id());
        if (kind == Kind.WORKLOAD) {
            placed.remove(new WorkloadName(namespace, name));
        }
        forgetSources(found);
        return found;
    }

    /** @throws HostException.Missing if there is none */
    Manifest require(Kind kind, String namespace, String name) {
        return find(kind, namespace, name)
                .orElseThrow(() -> new HostException.Missing("there is no " + id(kind, namespace, name)));
    }

    Optional<Manifest> find(Kind kind, String namespace, String name) {
        return Optional.ofNullable(objects.get(id(kind, namespace, name)));
    }

    /** What runs under a name, or is to. */
    Optional<Manifest> named(WorkloadName name) {
        return Stream.of(Kind.values())
                .filter(Kind::runs)
                .map(kind -> objects.get(id(kind, name.namespace(), name.name())))
                .filter(Objects::nonNull)
                .findFirst();
    }

    List<Manifest> all() {
        return List.copyOf(objects.values());
    }

    private static String id(Kind kind, String namespace, String name) {
        return kind + " " + namespace + "/" + name;
    }
}
