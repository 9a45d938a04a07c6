package dev.virga.component.wit;

import dev.virga.component.binary.TypeDef;

/**
 * A type as a component defines it. It is told from others by its identity, not by equality: that is
 * how a parameter of type {@code filesize} is told from one of {@code u64}.
 */
public sealed interface TypeNode {

    /** Its parts are indices of the scope. */
    record Defined(TypeDef definition, Scope scope) implements TypeNode {}

    record Resource() implements TypeNode {}

    /** Another name for a type: what an import or export of a type makes. */
    record Alias(TypeNode target) implements TypeNode {}

    /** The type behind all names. */
    default TypeNode base() {
        TypeNode node = this;
        while (node instanceof Alias(TypeNode target)) {
            node = target;
        }
        return node;
    }
}
