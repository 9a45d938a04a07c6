package dev.virga.component.compose;

import java.util.Optional;

/**
 * A component whose exports are plugged into imports of others. Plugs with the same {@link Part} are
 * one instance.
 *
 * @param name the imports that it meets, of the root and of other plugs: {@code
 *     wasi:http/handler@0.3.0}, without the version for any that it exports, {@code wasi:http} for
 *     all interfaces of a package, or a plain name. Without it: every import of the root that the
 *     part exports
 */
public record Plug(Optional<String> name, Part part) {

    /** {@code NAME=FILE} as the command line has it. */
    @Override
    public String toString() {
        return name.map(n -> n + "=").orElse("") + part;
    }
}
