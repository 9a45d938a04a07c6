package dev.virga.component.compose;

import dev.virga.component.runtime.InterfaceName;
import dev.virga.wit.Version;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names to be looked up by semver in no more than constant time, however many a component has. */
final class NameIndex {

    static final Comparator<String> BY_VERSION =
            Comparator.comparing(name -> new InterfaceName(name).version().orElse(new Version(0, 0, 0, "", "")));

    private final List<String> names;
    private final Map<String, String> exact = new HashMap<>();
    private final Map<String, String> newest = new HashMap<>();

    NameIndex(Collection<String> names) {
        this.names = List.copyOf(names);
        for (String name : names) {
            exact.put(name, name);
            newest.merge(new InterfaceName(name).canonical(), name, (a, b) -> BY_VERSION.compare(a, b) < 0 ? b : a);
        }
    }

    /** All, in the order that they were given. */
    List<String> names() {
        return names;
    }

    /** The same name, or else that of the highest version that can stand for it, as the linker finds it. */
    Optional<String> find(String name) {
        return Optional.ofNullable(exact.get(name))
                .or(() -> Optional.ofNullable(newest.get(new InterfaceName(name).canonical())));
    }
}
