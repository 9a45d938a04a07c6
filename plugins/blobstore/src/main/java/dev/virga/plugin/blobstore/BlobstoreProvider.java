package dev.virga.plugin.blobstore;

import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;

/** The plugin {@code blobstore}. */
public final class BlobstoreProvider implements PluginProvider {

    @Override
    public String name() {
        return "blobstore";
    }

    @Override
    public Plugin open(PluginHost host) {
        return new BlobstorePlugin(host);
    }
}
