package dev.virga.plugin;

import java.util.Optional;
import java.util.Set;

/**
 * What an entry under {@code hostInterfaces} of a manifest grants to a workload.
 *
 * @param packageName for example {@code wasi:keyvalue}
 * @param interfaces names within the package
 * @param version of the package, if the manifest tells one
 * @param name of the guests' import that {@code implements} the interface; empty for the interface itself
 * @param settings of this entry: its config, configFrom and secretFrom
 */
public record Grant(
        WorkloadName workload,
        String packageName,
        Set<String> interfaces,
        Optional<String> version,
        Optional<String> name,
        Settings settings,
        Limits limits) {

    public Grant {
        interfaces = Set.copyOf(interfaces);
    }

    /** For error texts and the audit log, for example {@code wasi:keyvalue (cache)}. */
    @Override
    public String toString() {
        return packageName + name.map(n -> " (" + n + ")").orElse("");
    }
}
