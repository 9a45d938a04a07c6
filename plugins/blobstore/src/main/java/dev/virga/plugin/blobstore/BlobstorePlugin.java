package dev.virga.plugin.blobstore;

import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All backends of a host, and the workloads that use them. */
final class BlobstorePlugin implements Plugin {

    /** What a manifest gets that names no backend: the operator's of this name, or a directory. */
    private static final String DEFAULT = "default";

    private final PluginHost host;
    private final Map<String, BlobStore> stores = new TreeMap<>();

    BlobstorePlugin(PluginHost host) {
        this.host = host;
        try {
            host.backends().forEach((name, backend) -> stores.put(name, BlobStore.open(name, backend, host)));
            if (!stores.containsKey(DEFAULT)) {
                PluginHost.Backend directory = new PluginHost.Backend(DirectoryProvider.KIND, Settings.NONE);
                stores.put(DEFAULT, BlobStore.open(DEFAULT, directory, host));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public List<Offered<?>> offered() {
        return Wit.OFFERED;
    }

    @Override
    public Binding bind(Grant grant) {
        grant.settings().allow(List.of("backend"));
        String name = grant.settings().text("backend").orElse(DEFAULT);
        BlobStore store = stores.get(name);
        if (store == null) {
            throw new PluginException.Refused(grant + ": the host has no blob store \"" + name
                    + "\"; it has " + stores.keySet());
        }
        return new BlobBinding(grant, store, host);
    }

    @Override
    public void close() {
        stores.forEach((name, store) -> {
            try {
                store.backend().close();
            } catch (RuntimeException e) { // the others are closed nevertheless
                host.log("blobstore: \"" + name + "\" could not be closed: " + e);
            }
        });
    }
}
