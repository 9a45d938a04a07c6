package dev.virga.wit;

import java.util.Optional;

/** The name of a package: {@code namespace:name@version}. */
public record PackageName(String namespace, String name, Optional<Version> version) {

    @Override
    public String toString() {
        return namespace + ":" + name + version.map(v -> "@" + v).orElse("");
    }
}
