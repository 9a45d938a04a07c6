package dev.virga.component.compose;

import dev.virga.component.runtime.InterfaceName;

/** Which imports a plug's name stands for; see {@link Plug#name}. */
record NamePattern(String text) {

    boolean isPlain() {
        return text.indexOf(':') < 0;
    }

    boolean matches(String name) {
        if (isPlain() || text.equals(name)) {
            return text.equals(name);
        }
        InterfaceName wanted = new InterfaceName(text);
        InterfaceName other = new InterfaceName(name);
        boolean base = wanted.base().indexOf('/') < 0
                ? other.base().startsWith(wanted.base() + "/")
                : other.base().equals(wanted.base());
        return base && isVersion(other, text.substring(wanted.base().length()));
    }

    /** Whether a version with its {@code @}, if there is one, can stand for that of the name. */
    private static boolean isVersion(InterfaceName name, String version) {
        return version.isEmpty() || new InterfaceName(name.base() + version).canonical().equals(name.canonical());
    }
}
