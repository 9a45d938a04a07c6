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
}
