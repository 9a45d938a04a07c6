package dev.virga.component.wit;

import dev.virga.component.binary.Definition;
import dev.virga.component.binary.TypeDef;
import java.util.List;
import java.util.Optional;

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

    /** What the type is of, if it is a component type. */
    default Optional<Item.Component> component() {
        return base() instanceof Defined(TypeDef.Component(List<Definition> declarations), Scope scope)
                ? Optional.of(new Item.Component(declarations, scope))
                : Optional.empty();
    }

    /** The type behind all names. */
    default TypeNode base() {
        TypeNode node = this;
        while (node instanceof Alias(TypeNode target)) {
            node = target;
        }
        return node;
    }
}
