package dev.virga.host.workload;

import dev.virga.plugin.Binding;
import dev.virga.plugin.Closing;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Guests;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plugins that a workload's manifest grants, bound for it. */
final class Bindings implements AutoCloseable {

    /** What an import is met by: a package, and the import's name if it {@code implements} an interface of it. */
    private record Key(String packageName, Optional<String> name) {}

    /** A grant and what was made of it. */
    record Bound(Grant grant, Binding binding) {}

    private final Map<Key, Bound> bound = new LinkedHashMap<>();

    /**
     * @throws WorkloadException.Invalid if no plugin implements what is granted
     * @throws dev.virga.plugin.PluginException if a plugin refuses the grant
     */
    Bindings(List<Grant> grants, PluginSet plugins) {
        try {
            for (Grant grant : grants) {
                if (bound.containsKey(new Key(grant.packageName(), grant.name()))) {
                    throw new WorkloadException.Invalid("hostInterfaces has two entries for " + grant
                            + "; an import is met by one, so give them names of their own");
                }
                Binding binding = plugins.find(grant)
                        .orElseThrow(() -> new WorkloadException.Invalid("this host has no plugin for "
                                + grant.packageName() + "; it has " + String.join(", ", plugins.packages())))
                        .bind(grant);
                bound.put(new Key(grant.packageName(), grant.name()), new Bound(grant, binding));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Of an import. An interface of types only needs no entry of its own: any of its package will do. */
    Optional<Bound> find(String packageName, Optional<String> name) {
        return Optional.ofNullable(bound.get(new Key(packageName, name)))
                .or(() -> bound.values().stream()
                        .filter(b -> b.grant().packageName().equals(packageName))
                        .findFirst());
    }

    void start(Guests guests) {
        bound.values().forEach(b -> b.binding().start(guests));
    }

    /** All of them within this time. */
    void drain(Duration grace) throws InterruptedException {
        Together.forEach(bound.values(), each -> each.binding().drain(grace));
    }

    @Override
    public void close() {
        List<Binding> all = bound.values().stream().map(Bound::binding).toList();
        bound.clear();
        Closing.all(all);
    }
}
