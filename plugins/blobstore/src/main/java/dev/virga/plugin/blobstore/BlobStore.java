package dev.virga.plugin.blobstore;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A backend with the settings that all kinds have.
 *
 * @param isolated whether each namespace has containers of its own
 * @param objectBytes the largest object that may be written
 */
record BlobStore(BlobBackend backend, boolean isolated, long objectBytes) implements AutoCloseable {

    private static final String ISOLATED = "isolated";
    private static final String OBJECT_BYTES = "object-bytes";
    private static final long MOST_BYTES = 256L << 40;

    static BlobStore open(BlobBackendProvider provider, Settings settings, PluginHost host) {
        boolean isolated = settings.flag(ISOLATED).orElse(true);
        long objectBytes = settings.bytes(OBJECT_BYTES, 1, MOST_BYTES).orElse(Long.MAX_VALUE);
        // last: it is open from then on
        BlobBackend backend = provider.open(without(settings, List.of(ISOLATED, OBJECT_BYTES)), host);
        return new BlobStore(backend, isolated, objectBytes);
    }

    private static Settings without(Settings settings, List<String> names) {
        Map<String, String> rest = new TreeMap<>(settings.values());
        rest.keySet().removeAll(names);
        return new Settings(rest);
    }

    @Override
    public void close() {
        backend.close();
    }
}
