package dev.virga.plugin.keyvalue;

import dev.virga.plugin.Backends;
import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Guests;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.PluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Buckets for one workload, as one entry of its manifest says. */
final class KeyValueBinding implements Binding {

    private static final Map<Class<?>, Function<OpenBuckets, ?>> APIS = Served.IMPORTS.stream()
            .collect(Collectors.toUnmodifiableMap(each -> each.offered().api(), Served.Import::make));

    private final Grant grant;
    private final Backends.Named<Backend> backend;
    private final Optional<Set<String>> allowed;
    private final List<String> watched;
    private final Consumer<String> log;
    private final Cursors cursors = new Cursors();
    private final List<Watching> watching = new ArrayList<>();

    /**
     * @param allowed names of buckets; empty for all
     * @param watched names of buckets
     */
    KeyValueBinding(
            Grant grant,
            Backends.Named<Backend> backend,
            Optional<Set<String>> allowed,
            List<String> watched,
            Consumer<String> log) {
        this.grant = grant;
        this.backend = backend;
        this.allowed = allowed;
        this.watched = watched;
        this.log = log;
    }

    @Override
    public <I> I prepare(Class<I> api, InstanceContext instance) {
        return api.cast(APIS.get(api).apply(new OpenBuckets(this, instance)));
    }

    @Override
    public void start(Guests guests) {
        List<Served.Export<?>> exports = Served.EXPORTS.stream()
                .filter(each -> each.handled().name().startsWith(grant.packageName() + "/"))
                .filter(each -> guests.export(each.handled()))
                .toList();
        if (!watched.isEmpty() && exports.isEmpty()) {
            throw new PluginException.Refused("the setting \"watch\" needs a component that exports "
                    + grant.packageName() + "/watcher, and there is none");
        }
        for (String bucket : watched) {
            exports.forEach(export -> watching.add(watch(bucket, guests, export)));
        }
    }

    private Watching watch(String bucket, Guests guests, Served.Export<?> export) {
        try {
            return Watching.start(this, bucket, guests, export, log);
        } catch (KeyValueException e) {
            throw new PluginException.Unavailable("the bucket " + bucket + " cannot be watched: " + e.getMessage(), e);
        }
    }

    Grant grant() {
        return grant;
    }

    boolean allows(String name) {
        return allowed.map(names -> names.contains(name)).orElse(true);
    }

    /** For traces. */
    String system() {
        return backend.kind();
    }

    Bucket bucket(String name) {
        return backend.backend().bucket(grant.workload().namespace(), name, grant.limits().valueBytes());
    }

    Cursors cursors() {
        return cursors;
    }

    @Override
    public void close() {
        watching.reversed().forEach(Watching::close);
    }
}
