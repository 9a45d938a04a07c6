package dev.virga.plugin.config;

import dev.virga.plugin.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Values by key, at one moment. They may be secret, and none is ever printed. */
final class Values {

    static final Values NONE = new Values(Map.of());

    private final Map<String, Value> byKey;

    private Values(Map<String, Value> byKey) {
        this.byKey = byKey;
    }

    static Values of(Settings settings) {
        Map<String, Value> all = new HashMap<>();
        settings.values().forEach((key, text) -> all.put(key, Value.of(text)));
        return new Values(all);
    }

    static Values of(Map<String, byte[]> contents) {
        Map<String, Value> all = new HashMap<>();
        contents.forEach((key, bytes) -> all.put(key, Value.of(bytes)));
        return new Values(all);
    }

    Optional<Value> get(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    Set<String> keys() {
        return Collections.unmodifiableSet(byKey.keySet());
    }

    /** In the order of their keys. */
    Map<String, Value> sorted() {
        return new TreeMap<>(byKey);
    }

    @Override
    public String toString() {
        return keys().toString();
    }

    /** One value: text, or bytes that are no UTF-8. */
    sealed interface Value {

        static Value of(String text) {
            return new Text(text);
        }

        static Value of(byte[] content) {
            try {
                return new Text(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
            } catch (CharacterCodingException e) {
                return new Bytes(content);
            }
        }

        record Text(String text) implements Value {
            @Override
            public String toString() {
                return "text";
            }
        }

        record Bytes(byte[] content) implements Value {
            @Override
            public String toString() {
                return "bytes";
            }
        }
    }
}
