package dev.virga.plugin.nats;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.blobstore.BlobBackend;
import dev.virga.plugin.blobstore.BlobBackendProvider;

/** {@code nats} for blob stores. */
public final class NatsBlobProvider implements BlobBackendProvider {

    @Override
    public String kind() {
        return "nats";
    }

    @Override
    public BlobBackend open(Settings settings, PluginHost host) {
        NatsSettings.allow(settings, "storage", "replicas", "maxBytes");
        BucketNames names = BucketNames.of(settings);
        StoreSettings store = StoreSettings.of(settings);
        String name = settings.text("name").orElse("blobstore");
        return new NatsBlobs(names, store, new NatsClient(name, settings, host::log, _ -> {}));
    }
}
