package dev.virga.wit;

import java.util.Optional;

/** The name of a package: {@code namespace:name@version}. */
public record PackageName(String namespace, String name, Optional<Version> version) {

    @Override
    public String toString() {
        return namespace + ":" + name + version.map(v -> "@" + v).orElse("");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackageName p
                && namespace.equals(p.namespace)
                && name.equals(p.name)
                && version.equals(p.version);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * namespace.hashCode() + name.hashCode()) + version.hashCode();
    }
}
