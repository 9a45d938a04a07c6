package dev.virga.plugin.config;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which namespaces may use a backend, and where their part of it is. */
final class Tenants {

    private static final String PLACE = "{namespace}";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final String backend;
    private final Optional<Set<String>> namespaces;

    /** @param settings of which {@code namespaces} lists those that may; without it all may */
    Tenants(String backend, Settings settings) {
        this.backend = backend;
        this.namespaces = settings.text("namespaces").map(list -> Set.of(list.strip().split("\\s*,\\s*")));
    }

    void check(WorkloadName workload) {
        if (namespaces.isPresent() && !namespaces.get().contains(workload.namespace())) {
            throw new PluginException.Refused("the namespace " + workload.namespace() + " may not use the backend \""
                    + backend + "\": the host's operator can add it to its \"namespaces\"");
        }
    }

    /** A path or prefix with the namespace where it says {@code {namespace}}. */
    String place(String text, WorkloadName workload) {
        if (!text.contains(PLACE)) {
            return text;
        }
        if (!NAME.matcher(workload.namespace()).matches()) {
            throw new PluginException.Refused(
                    "a namespace is a label of lower-case letters, digits and hyphens, not " + workload.namespace());
        }
        return text.replace(PLACE, workload.namespace());
    }
}
