package dev.virga.host;

import dev.virga.host.manifest.Manifest;
import java.util.Locale;

/** A manifest that a host took, and what that has done. */
public record Applied(Manifest manifest, Result result) {

    public enum Result {
        CREATED,
        CHANGED,
        UNCHANGED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
