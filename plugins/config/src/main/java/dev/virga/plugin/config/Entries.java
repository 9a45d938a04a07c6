package dev.virga.plugin.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Values out of files. No error shows any of them. */
final class Entries {

    private Entries() {}

    /**
     * @param files contents by name
     * @throws IOException naming the file that is malformed, or the key that two of them have
     */
    static Map<String, byte[]> of(Map<String, byte[]> files) throws IOException {
        Map<String, byte[]> all = new HashMap<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            for (Map.Entry<String, byte[]> entry : read(file.getKey(), file.getValue()).entrySet()) {
                if (all.put(entry.getKey(), entry.getValue()) != null) {
                    throw new IOException("the key " + entry.getKey() + " is in " + file.getKey()
                            + " and in another file of the folder");
                }
            }
            if (all.size() > FolderReader.MOST_VALUES) {
                throw new IOException("the folder holds more than " + FolderReader.MOST_VALUES + " values");
            }
        }
        return all;
    }

    private static Map<String, byte[]> read(String name, byte[] content) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        if (name.endsWith(".properties")) {
            properties(name, content).forEach((key, value) -> entries.put((String) key, bytes((String) value)));
        } else if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            flatten("", yaml(name, content), entries, name);
        } else {
            entries.put(name, content);
        }
        return entries;
    }

    private static Properties properties(String name, byte[] content) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(content, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new IOException(name + " has a malformed \\u escape");
        }
        return properties;
    }

    private static Object yaml(String name, byte[] content) throws IOException {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new FailsafeSchema()) // 0123 and "no" stay what they are
                .setMaxAliasesForCollections(0)
                .build();
        try {
            return new Load(settings).loadFromString(new String(content, StandardCharsets.UTF_8));
        } catch (YamlEngineException | StackOverflowError e) {
            throw new IOException(name + " is malformed YAML");
        }
    }

    /** {@code a: {b: c}} is the key {@code a.b}. */
    private static void flatten(String key, Object value, Map<String, byte[]> entries, String name)
            throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    flatten(key.isEmpty() ? "" + entry.getKey() : key + "." + entry.getKey(), entry.getValue(), entries, name);
                }
            }
            case String text when !key.isEmpty() -> entries.put(key, bytes(text));
            case null, default -> throw new IOException(name + " has something else than a text"
                    + (key.isEmpty() ? "" : " at " + key) + "; it may hold texts and maps of them");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
