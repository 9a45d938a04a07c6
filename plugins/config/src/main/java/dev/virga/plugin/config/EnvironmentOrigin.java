package dev.virga.plugin.config;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Variables of the host's environment that begin with a prefix; a key is what comes after it. The prefix cannot
 * hold the namespace: that of one namespace may begin with that of another.
 */
final class EnvironmentOrigin implements Origin {

    private final Tenants tenants;
    private final Values values;

    EnvironmentOrigin(String backend, Settings settings, Map<String, String> environment) {
        settings.allow(List.of("prefix", "namespaces"));
        String prefix = settings.required("prefix");
        if (prefix.isBlank()) {
            throw new PluginException.Refused("\"prefix\" is empty, which would give workloads all of the host's "
                    + "environment: use for example APP_");
        }
        this.tenants = new Tenants(backend, settings);
        Map<String, String> found = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.length() > prefix.length() && name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        this.values = Values.of(new Settings(found));
    }

    @Override
    public Opened open(WorkloadName workload) {
        tenants.check(workload);
        return Origin.fixed(values);
    }
}
