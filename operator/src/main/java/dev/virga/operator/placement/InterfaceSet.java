package dev.virga.operator.placement;

import dev.virga.component.runtime.InterfaceName;
import dev.virga.wit.Id;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The interfaces that a host offers. Versions match as they do when components are linked: by their first number that
 * is not zero, a pre-release only itself. A version that is not given, on either side, matches any.
 */
public final class InterfaceSet {

    public static final InterfaceSet EMPTY = new InterfaceSet(Set.of());

    /** Of these no host tells, since each has them. */
    private static final Set<String> EVERYWHERE = Set.of(
            "wasi:cli", "wasi:clocks", "wasi:filesystem", "wasi:http", "wasi:io", "wasi:random", "wasi:sockets");

    private final Set<String> names = new HashSet<>();
    private final Set<String> ofAnyVersion = new HashSet<>();

    public InterfaceSet(Collection<Id> offered) {
        for (Id id : offered) {
            InterfaceName name = new InterfaceName(id.toString());
            names.add(name.canonical());
            names.add(name.base());
            if (id.packageName().version().isEmpty()) {
                ofAnyVersion.add(name.base());
            }
        }
    }

    boolean offers(Import wanted) {
        return names.contains(wanted.canonical) || ofAnyVersion.contains(wanted.base) || wanted.everywhere;
    }

    /** An interface that a workload imports, prepared for many comparisons. */
    static final class Import {
        private final String text;
        private final String canonical;
        private final String base;
        private final boolean everywhere;

        Import(Id id) {
            InterfaceName name = new InterfaceName(id.toString());
            text = name.text();
            canonical = name.canonical();
            base = name.base();
            everywhere = EVERYWHERE.contains(id.packageName().namespace() + ":" + id.packageName().name());
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
