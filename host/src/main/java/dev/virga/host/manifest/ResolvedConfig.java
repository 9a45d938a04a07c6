package dev.virga.host.manifest;

import dev.virga.host.shape.Quoted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings with all that a manifest only named. Immutable; values of secrets do not print.
 *
 * @param secrets the keys whose values come from secrets
 */
public record ResolvedConfig(Map<String, String> values, Set<String> secrets) {

    private static final int MAX_CHARACTERS = 1 << 20;

    public ResolvedConfig {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        secrets = Collections.unmodifiableSet(new LinkedHashSet<>(secrets));
    }

    /**
     * Lays the ConfigMaps over the layer's own settings, and the Secrets over both.
     *
     * @throws ConfigException if one of them is not there, or if all of them are too much
     */
    public static ResolvedConfig of(ConfigLayer layer, String namespace, ConfigSources sources) {
        Map<String, String> values = new LinkedHashMap<>(layer.config());
        Set<String> secrets = new LinkedHashSet<>();
        List<String> missing = new ArrayList<>();
        for (Reference reference : layer.configFrom()) {
            sources.configMap(namespace, reference.name()).ifPresentOrElse(
                    values::putAll, () -> missing.add("ConfigMap " + namespace + "/" + reference.name()));
        }
        for (Reference reference : layer.secretFrom()) {
            sources.secret(namespace, reference.name()).ifPresentOrElse(
                    found -> {
                        values.putAll(found);
                        secrets.addAll(found.keySet());
                    },
                    () -> missing.add("Secret " + namespace + "/" + reference.name()));
        }
        if (!missing.isEmpty()) {
            throw new ConfigException("not there: " + String.join(", ", missing) + "; apply it first");
        }
        ResolvedConfig resolved = new ResolvedConfig(values, secrets);
        if (resolved.characters() > MAX_CHARACTERS) {
            throw new ConfigException(
                    "the settings have " + resolved.characters() + " characters; at most " + MAX_CHARACTERS
                            + " are taken");
        }
        return resolved;
    }

    private long characters() {
        return values.entrySet().stream().mapToLong(e -> (long) e.getKey().length() + e.getValue().length()).sum();
    }

    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(e -> e.getKey() + "=" + (secrets.contains(e.getKey()) ? "(hidden)" : Quoted.of(e.getValue())))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
