package dev.virga.host.manifest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where settings come from that a manifest only names. */
public interface ConfigSources {

    /** The settings of a ConfigMap, if there is one of this name. */
    Optional<Map<String, String>> configMap(String namespace, String name);

    /** The settings of a Secret, if there is one of this name. */
    Optional<Map<String, String>> secret(String namespace, String name);

    /** Those among some manifests. */
    static ConfigSources of(Collection<? extends Manifest> manifests) {
        Map<String, Manifest> byId = new LinkedHashMap<>();
        manifests.stream()
                .filter(manifest -> manifest instanceof ConfigMap || manifest instanceof Secret)
                .forEach(manifest -> byId.put(manifest.id(), manifest));
        return new ConfigSources() {
            @Override
            public Optional<Map<String, String>> configMap(String namespace, String name) {
                Manifest found = byId.get(Kind.CONFIG_MAP + " " + namespace + "/" + name);
                return found instanceof ConfigMap map ? Optional.of(map.settings()) : Optional.empty();
            }

            @Override
            public Optional<Map<String, String>> secret(String namespace, String name) {
                Manifest found = byId.get(Kind.SECRET + " " + namespace + "/" + name);
                return found instanceof Secret secret ? Optional.of(secret.settings()) : Optional.empty();
            }
        };
    }
}
