package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import io.nats.client.api.StorageType;

/**
 * How the server is to keep what is made on it.
 *
 * @param maxBytes of one stream or bucket
 */
record StoreSettings(StorageType storage, int replicas, long maxBytes) {

    private static final long MAX_BYTES = 1L << 30;
    private static final long MOST_BYTES = 256L << 40;

    static StoreSettings of(Settings settings) {
        StorageType storage = switch (settings.text("storage").orElse("file")) {
            case "file" -> StorageType.File;
            case "memory" -> StorageType.Memory;
            default -> throw new PluginException.Refused("the setting \"storage\" must be file or memory");
        };
        int replicas = settings.number("replicas", 1, 5).orElse(1);
        long maxBytes = settings.bytes("maxBytes", 1, MOST_BYTES).orElse(MAX_BYTES);
        return new StoreSettings(storage, replicas, maxBytes);
    }
}
