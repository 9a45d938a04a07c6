package dev.virga.host.workload;

import dev.virga.component.Component;
import dev.virga.component.runtime.InterfaceName;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.InstanceType;
import dev.virga.plugin.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that each import is given to a component by somebody: nothing is granted by default. */
final class GrantCheck {

    private final PluginSet plugins;
    private final List<Grant> grants;

    GrantCheck(PluginSet plugins, List<Grant> grants) {
        this.plugins = plugins;
        this.grants = grants;
    }

    /**
     * @param met canonical names of imports that other components of the workload export
     * @param linked imports that components on other hosts answer
     * @throws WorkloadException.Invalid naming each import that is not granted, and how to grant it
     */
    void check(String component, Component imports, Set<String> met, Set<String> linked) {
        List<String> problems = new ArrayList<>();
        Map<String, String> implemented = imports.implemented();
        imports.type().imports().forEach((name, type) -> {
            boolean given = linked.contains(name) || met.contains(new InterfaceName(name).canonical());
            if (type instanceof ExternDesc.Instance(InstanceType instance) && !given) {
                Optional<String> route = Optional.ofNullable(implemented.get(name)).map(_ -> name);
                String wanted = implemented.getOrDefault(name, name);
                problem(wanted, route).or(() -> unmet(wanted, instance)).ifPresent(problems::add);
            }
        });
        if (!problems.isEmpty()) {
            throw new WorkloadException.Invalid("component " + component + ": " + String.join("; ", problems));
        }
    }

    /** Of an interface that neither the host nor a plugin has; one of nothing but types needs nobody. */
    private Optional<String> unmet(String name, InstanceType type) {
        String packageName = PluginSet.packageOf(name);
        boolean calls = type.exports().values().stream().anyMatch(ExternDesc.Func.class::isInstance);
        return !calls || plugins.has(packageName) || WorkloadRuntime.BUILT_IN.contains(packageName)
                ? Optional.empty()
                : Optional.of("it imports " + name + ", which no other component of the workload exports and this host"
                        + " has no plugin for; to call a component of another workload, add to virga.links:"
                        + " {interface: \"" + name + "\", to: {workload: …, component: …}}");
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
