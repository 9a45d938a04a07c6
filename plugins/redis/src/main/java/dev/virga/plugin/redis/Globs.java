package dev.virga.plugin.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;

/** Redis's patterns. */
final class Globs {

    private Globs() {}

    /** A pattern of what begins with just these bytes. */
    static byte[] startingWith(byte[] prefix) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte b : prefix) {
            if ("*?[]^\\".indexOf(b) >= 0) {
                out.write('\\');
            }
            out.write(b);
        }
        out.write('*');
        return out.toByteArray();
    }

    /** What comes after the prefix, unless that is no text, as others' keys may be. */
    static Optional<String> nameAfter(byte[] prefix, byte[] key) {
        if (key.length < prefix.length || !Arrays.equals(prefix, 0, prefix.length, key, 0, prefix.length)) {
            return Optional.empty();
        }
        try {
            ByteBuffer rest = ByteBuffer.wrap(key, prefix.length, key.length - prefix.length);
            return Optional.of(UTF_8.newDecoder().decode(rest).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
