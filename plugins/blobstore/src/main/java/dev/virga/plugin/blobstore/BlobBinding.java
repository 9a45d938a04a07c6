package dev.virga.plugin.blobstore;

import dev.virga.plugin.Backends;
import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.PluginHost;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One workload's use of a backend. */
final class BlobBinding implements Binding {

    private final Grant grant;
    private final Backends.Named<BlobStore> store;
    private final PluginHost host;
    /** One for all interfaces that an instance calls, so that its limits hold for them together. */
    private final Map<InstanceContext, BlobSession> sessions = new ConcurrentHashMap<>();

    BlobBinding(Grant grant, Backends.Named<BlobStore> store, PluginHost host) {
        this.grant = grant;
        this.store = store;
        this.host = host;
    }

    @Override
    public <I> I prepare(Class<I> api, InstanceContext instance) {
        return api.cast(Wit.implementation(api, sessions.computeIfAbsent(instance, this::open)));
    }

    private BlobSession open(InstanceContext instance) {
        BlobSession session = new BlobSession(grant, instance, store, host);
        instance.onClose(() -> {
            sessions.remove(instance);
            session.close();
        });
        return session;
    }
}
