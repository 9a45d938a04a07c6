package dev.virga.wit;

import java.util.Set;

/** Which {@code @unstable} features are there; items of the others are left out. */
public record Features(boolean all, Set<String> names) {

    public static final Features NONE = new Features(false, Set.of());
    public static final Features ALL = new Features(true, Set.of());

    public Features {
        names = Set.copyOf(names);
    }

    public static Features of(String... names) {
        return new Features(false, Set.of(names));
    }

    boolean admit(Gate gate) {
        return all || gate.unstable().isEmpty() || names.contains(gate.unstable().get());
    }
}
