package dev.virga.wit;

import java.util.List;
import java.util.Optional;

/** A package with all its items resolved. */
public record Package(PackageName name, String docs, List<Interface> interfaces, List<World> worlds) {

    public Package {
        interfaces = List.copyOf(interfaces);
        worlds = List.copyOf(worlds);
    }

    public Optional<Interface> findInterface(String name) {
        return interfaces.stream().filter(i -> i.id().name().equals(name)).findFirst();
    }

    public Optional<World> findWorld(String name) {
        return worlds.stream().filter(w -> w.id().name().equals(name)).findFirst();
    }
}
