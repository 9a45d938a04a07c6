package dev.virga.host;

import dev.virga.host.manifest.ConfigSources;
import dev.virga.plugin.WorkloadName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which of the host's objects a scheduler has placed, and the secrets that came with them. The host's lock guards it. */
final class Placed {

    private final Map<WorkloadName, Map<String, Map<String, String>>> secrets = new HashMap<>();

    void add(WorkloadName name, Map<String, Map<String, String>> own) {
        secrets.put(name, own);
    }

    void remove(WorkloadName name) {
        secrets.remove(name);
    }

    boolean has(WorkloadName name) {
        return secrets.containsKey(name);
    }

    /** What was applied, and over that what came with what was placed. */
    ConfigSources over(ConfigSources applied) {
        Map<String, Map<String, String>> own = new HashMap<>();
        secrets.forEach((workload, values) ->
                values.forEach((name, settings) -> own.put(workload.namespace() + "/" + name, settings)));
        return new ConfigSources() {
            @Override
            public Optional<Map<String, String>> configMap(String namespace, String name) {
                return applied.configMap(namespace, name);
            }

            @Override
            public Optional<Map<String, String>> secret(String namespace, String name) {
                return Optional.ofNullable(own.get(namespace + "/" + name)).or(() -> applied.secret(namespace, name));
            }
        };
    }
}
