package dev.virga.wit;

import java.util.Optional;

/**
 * When an item is there (WIT.md, "Feature Gates").
 *
 * @param since the version that added it
 * @param unstable the feature that must be switched on
 * @param deprecated the version from which it should no longer be used
 */
public record Gate(Optional<Version> since, Optional<String> unstable, Optional<Version> deprecated) {

    public static final Gate NONE = new Gate(Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether a text can be the name of a feature. */
    public static boolean isFeature(String text) {
        return Names.isLabel(text);
    }

    /** The gate of an item that stands in one with this gate. */
    Gate around(Gate own) {
        return own.since.isPresent() || own.unstable.isPresent() ? own : this;
    }

    /** What an item with the gate {@code own} lacks to refer to one with this gate, or to stand in it. */
    Optional<String> lackedBy(Gate own) {
        if (unstable.isPresent()) {
            return own.unstable.equals(unstable)
                    ? Optional.empty()
                    : Optional.of("@unstable(feature = " + unstable.get() + ")");
        }
        return own.unstable.isPresent()
                ? Optional.empty()
                : since.filter(v -> own.since.filter(o -> o.compareTo(v) >= 0).isEmpty())
                        .map(v -> "@since(version = " + v + ") or later");
    }
}
