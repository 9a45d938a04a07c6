package dev.virga.host.workload;

import dev.virga.component.Component;
import dev.virga.component.type.ExternDesc;
import dev.virga.plugin.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that a manifest grants what components import from plugins: nothing is granted by default. */
final class GrantCheck {

    private final PluginSet plugins;
    private final List<Grant> grants;

    GrantCheck(PluginSet plugins, List<Grant> grants) {
        this.plugins = plugins;
        this.grants = grants;
    }

    /**
     * @param siblings what other components of the workload export
     * @throws WorkloadException.Invalid naming each import that is not granted, and how to grant it
     */
    void check(String component, Component imports, Set<String> siblings) {
        List<String> problems = new ArrayList<>();
        Map<String, String> implemented = imports.implemented();
        imports.type().imports().forEach((name, type) -> {
            if (type instanceof ExternDesc.Instance && !siblings.contains(name)) {
                Optional<String> route = Optional.ofNullable(implemented.get(name)).map(_ -> name);
                problem(implemented.getOrDefault(name, name), route).ifPresent(problems::add);
            }
        });
        if (!problems.isEmpty()) {
            throw new WorkloadException.Invalid("component " + component + ": " + String.join("; ", problems));
        }
    }

    private Optional<String> problem(String interfaceName, Optional<String> route) {
        String packageName = PluginSet.packageOf(interfaceName);
        int slash = interfaceName.indexOf('/');
        if (slash < 0 || !plugins.has(packageName)) {
            return Optional.empty();
        }
        int at = interfaceName.indexOf('@');
        String simple = interfaceName.substring(slash + 1, at < 0 ? interfaceName.length() : at);
        boolean types = simple.equals("types") || simple.equals("error"); // nothing but types to do anything with
        Optional<Grant> grant = grants.stream()
                .filter(g -> g.packageName().equals(packageName) && (types || g.name().equals(route)))
                .findFirst();
        String named = route.map(n -> ", name: " + n).orElse("");
        int colon = packageName.indexOf(':');
        if (grant.isEmpty()) {
            return Optional.of("it imports " + interfaceName + ", which its manifest does not grant; add to"
                    + " hostInterfaces: {namespace: " + packageName.substring(0, colon) + ", package: "
                    + packageName.substring(colon + 1) + ", interfaces: [" + simple + "]" + named + "}");
        }
        return types || grant.get().interfaces().isEmpty() || grant.get().interfaces().contains(simple)
                ? Optional.empty()
                : Optional.of("it imports " + interfaceName + ", and its manifest grants only "
                        + String.join(", ", grant.get().interfaces().stream().sorted().toList()) + " of " + grant.get()
                        + "; add " + simple + " to its interfaces");
    }
}
