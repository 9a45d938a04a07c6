package dev.virga.component.binary;

/** An {@code externdesc} as written; indices point into the enclosing scope's index spaces. */
public sealed interface ExternTypeRef {
    record CoreModule(int coreType) implements ExternTypeRef {}

    record Func(int type) implements ExternTypeRef {}

    /** A value import: equal to value {@code index}. Gated feature. */
    record ValueEq(int index) implements ExternTypeRef {}

    /** A value import of a type. Gated feature. */
    record Value(ValTypeRef type) implements ExternTypeRef {}

    record TypeEq(int type) implements ExternTypeRef {}

    record SubResource() implements ExternTypeRef {}

    record Component(int type) implements ExternTypeRef {}

    record Instance(int type) implements ExternTypeRef {}
}
