package dev.virga.wit;

import java.util.Optional;

/**
 * The full name of an interface or world, for example {@code wasi:io/poll@0.2.12}.
 *
 * <p>An interface written inline in a world has no such name of its own; its id is the world's with
 * {@code .import.} or {@code .export.} and its plain name added, which no text can refer to.
 */
public record Id(PackageName packageName, String name) {

    /** The id of an interface written inline in this world. */
    public Id inline(boolean imported, String plainName) {
        return new Id(packageName, name + (imported ? ".import." : ".export.") + plainName);
    }

    /** Reads a name as components write it ({@code interfacename} in Explainer.md). */
    public static Optional<Id> parse(String text) {
        int colon = text.indexOf(':');
        int slash = text.indexOf('/', colon + 1);
        int at = text.indexOf('@', slash + 1);
        int end = at < 0 ? text.length() : at;
        if (colon < 0 || slash < 0) {
            return Optional.empty();
        }
        String namespace = text.substring(0, colon);
        String pack = text.substring(colon + 1, slash);
        String name = text.substring(slash + 1, end);
        Optional<Version> version = at < 0 ? Optional.empty() : Version.parse(text.substring(at + 1));
        if (!Names.isWords(namespace) || !Names.isWords(pack) || !Names.isLabel(name)
                || (at >= 0 && version.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Id(new PackageName(namespace, pack, version), name));
    }

    /** As components write it: the version comes last. */
    @Override
    public String toString() {
        return packageName.namespace() + ":" + packageName.name() + "/" + name
                + packageName.version().map(v -> "@" + v).orElse("");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Id i && name.equals(i.name) && packageName.equals(i.packageName);
    }

    @Override
    public int hashCode() {
        return 31 * packageName.hashCode() + name.hashCode();
    }
}
