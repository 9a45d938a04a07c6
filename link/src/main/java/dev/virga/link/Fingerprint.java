package dev.virga.link;

import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A short name of a function's type, by which both ends of a link find out that they mean the same. It is made of
 * digests of the parts, each of which is looked at once.
 */
final class Fingerprint {

    private static final int BYTES = 8;

    private final Map<ValueType, byte[]> known = new IdentityHashMap<>();

    /** 16 hex digits; names of parameters do not count, those of fields, cases and labels do. */
    static String of(FunctionType type) {
        Fingerprint fingerprint = new Fingerprint();
        MessageDigest whole = digest("func");
        type.params().forEach(p -> whole.update(fingerprint.of(p.type())));
        whole.update((byte) 0);
        fingerprint.optional(whole, type.result());
        return HexFormat.of().formatHex(whole.digest(), 0, BYTES);
    }

    private byte[] of(ValueType type) {
        byte[] digest = known.get(type);
        if (digest == null) {
            digest = make(type);
            known.put(type, digest);
        }
        return digest;
    }

    private byte[] make(ValueType type) {
        MessageDigest digest = digest(
                type instanceof ValueType.Primitive p ? p.toString() : type.getClass().getSimpleName());
        switch (type) {
            case ValueType.Record(List<ValueType.Field> fields) -> fields.forEach(f -> {
                text(digest, f.name());
                digest.update(of(f.type()));
            });
            case ValueType.Variant(List<ValueType.Case> cases) -> cases.forEach(c -> {
                text(digest, c.name());
                optional(digest, c.type());
            });
            case ValueType.Flags(List<String> labels) -> labels.forEach(label -> text(digest, label));
            case ValueType.Enum(List<String> labels) -> labels.forEach(label -> text(digest, label));
            case ValueType.FixedList(ValueType element, int length) -> {
                text(digest, Integer.toUnsignedString(length));
                digest.update(of(element));
            }
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) -> {
                optional(digest, ok);
                optional(digest, error);
            }
            default -> type.parts().forEach(part -> digest.update(of(part)));
        }
        return digest.digest();
    }

    private void optional(MessageDigest digest, Optional<ValueType> type) {
        digest.update((byte) (type.isPresent() ? 1 : 0));
        type.ifPresent(t -> digest.update(of(t)));
    }

    private static void text(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest digest(String kind) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            text(digest, kind);
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
