package dev.virga.host.manifest;

import dev.virga.host.shape.Quoted;
import dev.virga.host.shape.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Bytes, which may be secret: they do not print. Immutable. */
@Value(
        words = "base64",
        pattern = "^[A-Za-z0-9+/=\\s]*$",
        example = "aGVsbG8=",
        hidden = true,
        maxLength = 1 << 20)
public final class Bytes {

    private final byte[] bytes;

    public Bytes(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public static Bytes parse(String base64) {
        try {
            // YAML's long lines may be folded, which leaves white space.
            return new Bytes(Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the value is not base64; for example aGVsbG8=", e);
        }
    }

    public int length() {
        return bytes.length;
    }

    /** As text, for a setting of this object. */
    String text(Manifest owner, String key) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException("the value of " + Quoted.of(key) + " in " + owner.id() + " is not UTF-8");
        }
    }

    /** In base64. */
    public String text() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b && Arrays.equals(bytes, b.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
