package dev.virga.plugin.blobstore;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.util.List;

/** The kind {@code memory}: gone with the host. */
public final class MemoryProvider implements BlobBackendProvider {

    private static final String BYTES = "namespace-bytes";
    private static final long DEFAULT_BYTES = 64 << 20;
    private static final long MOST_BYTES = 256L << 30;

    @Override
    public String kind() {
        return "memory";
    }

    @Override
    public BlobBackend open(Settings settings, PluginHost host) {
        settings.allow(List.of(BYTES));
        return new MemoryBackend(settings.bytes(BYTES, 1, MOST_BYTES).orElse(DEFAULT_BYTES));
    }
}
