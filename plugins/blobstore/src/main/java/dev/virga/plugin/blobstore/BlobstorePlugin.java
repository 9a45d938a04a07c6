package dev.virga.plugin.blobstore;

import dev.virga.plugin.Backends;
import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All backends of a host, and the workloads that use them. */
final class BlobstorePlugin implements Plugin {

    /** What a manifest gets that names no backend: the operator's of this name, or a directory. */
    private static final String DEFAULT = "default";

    private final PluginHost host;
    private final Backends<BlobStore> stores;

    BlobstorePlugin(PluginHost host) {
        this.host = host;
        Map<String, PluginHost.Backend> defined = new TreeMap<>(host.backends());
        defined.putIfAbsent(DEFAULT, new PluginHost.Backend(DirectoryProvider.KIND, Settings.NONE));
        this.stores = Backends.open(
                "blob store",
                ServiceLoader.load(BlobBackendProvider.class, BlobstorePlugin.class.getClassLoader()),
                BlobBackendProvider::kind,
                defined,
                (kind, _, settings) -> BlobStore.open(kind, settings, host));
    }

    @Override
    public List<Offered<?>> offered() {
        return Wit.OFFERED;
    }

    @Override
    public Binding bind(Grant grant) {
        grant.settings().allow(List.of("backend"));
        try {
            return new BlobBinding(grant, stores.named(grant.settings().text("backend").orElse(DEFAULT)), host);
        } catch (PluginException.Refused e) {
            throw new PluginException.Refused(grant + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        stores.close();
    }
}
