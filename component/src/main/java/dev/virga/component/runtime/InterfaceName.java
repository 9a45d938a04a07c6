package dev.virga.component.runtime;

import dev.virga.wit.Version;
import java.util.Optional;

/**
 * The name of an import, export or offer, with its version where it has one (Explainer, "Canonical
 * Interface Name").
 */
public record InterfaceName(String text) {

    /** The name without its version. */
    public String base() {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : text.substring(0, at);
    }

    public Optional<Version> version() {
        int at = text.lastIndexOf('@');
        return at < 0 ? Optional.empty() : Version.parse(text.substring(at + 1));
    }

    /**
     * What names that can stand for each other have in common: the version up to its first number
     * that is not zero. A pre-release stands for itself only.
     */
    public String canonical() {
        return version().filter(v -> v.preRelease().isEmpty())
                .map(v -> base() + "@" + significant(v))
                .orElse(text);
    }

    private static String significant(Version version) {
        if (version.major() > 0) {
            return Long.toString(version.major());
        }
        return version.minor() > 0 ? "0." + version.minor() : "0.0." + version.patch();
    }
}
