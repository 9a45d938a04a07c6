package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Names of a namespace's buckets on the server, which has letters, digits, _ and - for them: {@code
 * PREFIX_-NAMESPACE_-BUCKET}, with other characters as _ and their bytes in hexadecimal digits, so that two are never
 * the same. One that is too long is {@code PREFIX__} and its SHA-256. Shared, a bucket has the name that the workload
 * says.
 */
record BucketNames(String prefix, boolean shared) {

    static final int LONGEST = 200;

    static BucketNames of(Settings settings) {
        String prefix = settings.text("prefix").orElse("virga");
        if (!prefix.matches("[A-Za-z0-9-]{1,32}")) {
            throw new PluginException.Refused("the setting \"prefix\" must be letters, digits and -; at most 32");
        }
        return new BucketNames(prefix, settings.flag("shared").orElse(false));
    }

    /** Empty if the server cannot have one of this name. */
    Optional<String> name(String namespace, String bucket) {
        if (shared) {
            return Optional.of(bucket).filter(n -> n.length() <= LONGEST && n.matches("[A-Za-z0-9_-]+"));
        }
        String name = prefix + "_-" + escaped(namespace) + "_-" + escaped(bucket);
        return Optional.of(name.length() <= LONGEST ? name : prefix + "__" + digest(name));
    }

    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
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
