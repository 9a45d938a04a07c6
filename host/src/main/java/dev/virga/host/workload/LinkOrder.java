package dev.virga.host.workload;

import dev.virga.component.runtime.InterfaceName;
import dev.virga.component.type.ExternDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which components of a workload import what others export, and so the order in which they are linked. */
final class LinkOrder {

    private final Map<String, ComponentSetup> components = new LinkedHashMap<>();
    private final Map<String, SequencedSet<String>> needs = new LinkedHashMap<>();
    private final Map<String, Set<String>> met = new HashMap<>();

    /** @throws WorkloadException.Invalid if two components export what a third one imports, or if they form a cycle */
    LinkOrder(List<ComponentSetup> all) {
        all.forEach(c -> components.put(c.name(), c));
        Map<String, List<String>> exporters = exporters(all);
        for (ComponentSetup component : all) {
            SequencedSet<String> needed = new LinkedHashSet<>();
            Set<String> there = new HashSet<>();
            for (String wanted : instances(component.component().type().imports())) {
                provider(component.name(), wanted, exporters).ifPresent(name -> {
                    needed.add(name);
                    there.add(canonical(wanted));
                });
            }
            needs.put(component.name(), needed);
            met.put(component.name(), there);
        }
        all.forEach(c -> visit(c.name(), new LinkedHashSet<>(), new LinkedHashSet<>()));
    }

    private static Map<String, List<String>> exporters(List<ComponentSetup> all) {
        Map<String, List<String>> exporters = new LinkedHashMap<>();
        for (ComponentSetup component : all) {
            for (String name : instances(component.component().type().exports())) {
                exporters.computeIfAbsent(canonical(name), _ -> new ArrayList<>()).add(component.name());
            }
        }
        return exporters;
    }

    private static List<String> instances(Map<String, ExternDesc> externs) {
        return externs.entrySet().stream()
                .filter(e -> e.getValue() instanceof ExternDesc.Instance)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String canonical(String name) {
        return new InterfaceName(name).canonical();
    }

    private static Optional<String> provider(String importer, String wanted, Map<String, List<String>> exporters) {
        List<String> others = exporters.getOrDefault(canonical(wanted), List.of()).stream()
                .filter(name -> !name.equals(importer))
                .toList();
        if (others.size() > 1) {
            throw new WorkloadException.Invalid("component " + importer + " imports " + wanted + ", which "
                    + String.join(" and ", others) + " export: leave one of them out, or compose them beforehand");
        }
        return others.stream().findFirst();
    }

    private void visit(String name, SequencedSet<String> path, SequencedSet<String> done) {
        if (done.contains(name)) {
            return;
        }
        if (!path.add(name)) {
            String cycle = path.stream().dropWhile(n -> !n.equals(name)).collect(Collectors.joining(" → "));
            throw new WorkloadException.Invalid("the components import each other's exports in a circle: " + cycle
                    + " → " + name);
        }
        needs.get(name).forEach(needed -> visit(needed, path, done));
        path.remove(name);
        done.add(name);
    }

    /** The canonical names of a component's imports that others of the workload export. */
    Set<String> met(String component) {
        return met.get(component);
    }

    /** A component behind all those that it needs, directly or not. */
    List<ComponentSetup> upTo(String entry) {
        SequencedSet<String> done = new LinkedHashSet<>();
        visit(entry, new LinkedHashSet<>(), done);
        return done.stream().map(components::get).toList();
    }

    /**
     * The components whose export of an interface is for the host to call: no other component imports it.
     *
     * @param name of the interface; versions match by semver
     */
    List<ComponentSetup> exporters(String name) {
        return components.values().stream()
                .filter(c -> exports(c, name))
                .filter(c -> components.values().stream().noneMatch(other -> uses(other, c, name)))
                .toList();
    }

    /**
     * The only one of them, if there is any.
     *
     * @throws WorkloadException.Invalid if there are several
     */
    Optional<ComponentSetup> exporter(String name) {
        List<ComponentSetup> found = exporters(name);
        if (found.size() > 1) {
            throw new WorkloadException.Invalid(
                    found.stream().map(ComponentSetup::name).collect(Collectors.joining(" and "))
                            + " both export " + name + ", and only one can be called");
        }
        return found.stream().findFirst();
    }

    private static boolean exports(ComponentSetup component, String name) {
        return instances(component.component().type().exports()).stream()
                .anyMatch(export -> canonical(export).equals(canonical(name)));
    }

    private boolean uses(ComponentSetup importer, ComponentSetup exporter, String name) {
        return needs.get(importer.name()).contains(exporter.name())
                && instances(importer.component().type().imports()).stream()
                        .anyMatch(wanted -> canonical(wanted).equals(canonical(name)));
    }
}
