package dev.virga.component.binary;

import dev.virga.component.type.ValueType;

/** A {@code valtype} as written: a primitive or an index into the type index space. */
public sealed interface ValTypeRef {
    record Primitive(ValueType.Primitive type) implements ValTypeRef {}

    record Index(int type) implements ValTypeRef {}
}
