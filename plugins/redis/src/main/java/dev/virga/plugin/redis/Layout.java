package dev.virga.plugin.redis;

import dev.virga.plugin.PluginException;
import java.nio.charset.StandardCharsets;

/** How a bucket's keys are called in Redis: what stands in front of each. */
record Layout(Kind kind, String prefix) {

    enum Kind {
        /** {@code NAMESPACE:BUCKET:KEY}, with : and % of the first two escaped */
        NAMESPACES,
        /** {@code BUCKET:KEY}, as wasmCloud's plugin for Redis has them; namespaces share them */
        BUCKETS,
        /** {@code KEY}, as wasmCloud's named imports have them; all buckets are the same one */
        FLAT
    }

    /** @throws PluginException.Refused if there is no such kind */
    static Layout of(String kind, String prefix) {
        return new Layout(switch (kind) {
            case "namespaces" -> Kind.NAMESPACES;
            case "buckets" -> Kind.BUCKETS;
            case "flat" -> Kind.FLAT;
            default -> throw new PluginException.Refused(
                    "the setting \"layout\" must be namespaces, buckets or flat");
        }, prefix);
    }

    byte[] prefix(String namespace, String bucket) {
        String text = prefix + switch (kind) {
            case NAMESPACES -> escaped(namespace) + ":" + escaped(bucket) + ":";
            case BUCKETS -> bucket + ":";
            case FLAT -> "";
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String name) {
        return name.replace("%", "%25").replace(":", "%3A");
    }
}
