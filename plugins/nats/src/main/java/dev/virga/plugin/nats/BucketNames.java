package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names of a namespace's buckets on the server, which has letters, digits, _ and - for them: {@code
 * PREFIX_-NAMESPACE_-BUCKET}, with other characters as _ and their bytes in hexadecimal digits, so that two are never
 * the same. Shared, a bucket has the name that the workload says.
 */
record BucketNames(String prefix, boolean shared) {

    private static final int LONGEST = 200;

    static BucketNames of(Settings settings) {
        String prefix = settings.text("prefix").orElse("virga");
        if (!prefix.matches("[A-Za-z0-9-]{1,32}")) {
            throw new PluginException.Refused("the setting \"prefix\" must be letters, digits and -; at most 32");
        }
        return new BucketNames(prefix, settings.flag("shared").orElse(false));
    }

    /** Empty if the server cannot have one of this name. */
    Optional<String> name(String namespace, String bucket) {
        String name = shared ? bucket : prefix + "_-" + escaped(namespace) + "_-" + escaped(bucket);
        return Optional.of(name).filter(n -> n.length() <= LONGEST && n.matches("[A-Za-z0-9_-]+"));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b == '-' || (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z')) {
                escaped.append((char) b);
            } else {
                escaped.append('_').append(String.format("%02x", b));
            }
        }
        return escaped.toString();
    }
}
