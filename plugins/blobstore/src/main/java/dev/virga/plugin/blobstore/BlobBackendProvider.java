package dev.virga.plugin.blobstore;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;

/** A kind of backend: named in {@code META-INF/services/dev.virga.plugin.blobstore.BlobBackendProvider}. */
public interface BlobBackendProvider {

    /** What the operator calls it, for example {@code directory}. */
    String kind();

    /**
     * Opens a backend that the operator has defined. What is elsewhere need not be there yet: the calls that need
     * it reach for it.
     *
     * @param settings without those that all kinds have
     * @throws dev.virga.plugin.PluginException if a setting is wrong or unknown
     */
    BlobBackend open(Settings settings, PluginHost host);
}
