package dev.virga.plugin.blobstore;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * A backend with the settings that all kinds have.
 *
 * @param isolated whether each namespace has containers of its own
 * @param objectBytes the largest object that may be written
 */
record BlobStore(BlobBackend backend, boolean isolated, long objectBytes) {

    private static final String ISOLATED = "isolated";
    private static final String OBJECT_BYTES = "object-bytes";

    /** Opens one by the provider of its kind. */
    static BlobStore open(String name, PluginHost.Backend definition, PluginHost host) {
        Settings settings = definition.settings();
        try {
            boolean isolated = settings.flag(ISOLATED).orElse(true);
            long objectBytes = settings.bytes(OBJECT_BYTES).orElse(Long.MAX_VALUE);
            // last: it is open from then on
            BlobBackend backend =
                    provider(definition.kind()).open(without(settings, List.of(ISOLATED, OBJECT_BYTES)), host);
            return new BlobStore(backend, isolated, objectBytes);
        } catch (PluginException.Refused e) {
            throw new PluginException.Refused("the blob store \"" + name + "\": " + e.getMessage());
        } catch (PluginException.Unavailable e) {
            throw new PluginException.Unavailable("the blob store \"" + name + "\": " + e.getMessage(), e);
        }
    }

    private static BlobBackendProvider provider(String kind) {
        Map<String, BlobBackendProvider> kinds = new TreeMap<>();
        ServiceLoader.load(BlobBackendProvider.class, BlobStore.class.getClassLoader())
                .forEach(provider -> kinds.put(provider.kind(), provider));
        BlobBackendProvider provider = kinds.get(kind);
        if (provider == null) {
            throw new PluginException.Refused("there is no kind \"" + kind + "\"; known are " + kinds.keySet());
        }
        return provider;
    }

    private static Settings without(Settings settings, List<String> names) {
        Map<String, String> rest = new TreeMap<>(settings.values());
        rest.keySet().removeAll(names);
        return new Settings(rest);
    }
}
