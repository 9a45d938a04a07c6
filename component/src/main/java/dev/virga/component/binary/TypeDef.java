package dev.virga.component.binary;

import dev.virga.engine.ValType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A {@code deftype} of the binary format, its indices as written. */
public sealed interface TypeDef {

    /** A named type: a field, a parameter. */
    record Labeled(String name, ValTypeRef type) {}

    /** A case of a variant. */
    record Case(String name, Optional<ValTypeRef> type) {}

    /** A {@code defvaltype}. */
    sealed interface Value extends TypeDef {}

    record Primitive(dev.virga.component.type.ValueType.Primitive type) implements Value {}

    record Record(List<Labeled> fields) implements Value {}

    record Variant(List<Case> cases) implements Value {}

    record ListOf(ValTypeRef element) implements Value {}

    record FixedList(ValTypeRef element, int length) implements Value {}

    record MapOf(ValTypeRef key, ValTypeRef value) implements Value {}

    record Tuple(List<ValTypeRef> types) implements Value {}

    record Flags(List<String> labels) implements Value {}

    record Enum(List<String> labels) implements Value {}

    record Option(ValTypeRef type) implements Value {}

    record Result(Optional<ValTypeRef> ok, Optional<ValTypeRef> error) implements Value {}

    record Own(int type) implements Value {}

    record Borrow(int type) implements Value {}

    record Stream(Optional<ValTypeRef> element) implements Value {}

    record Future(Optional<ValTypeRef> element) implements Value {}

    record Func(List<Labeled> params, Optional<ValTypeRef> result, boolean async) implements TypeDef {}

    /**
     * @param representation the core type that stands for a resource inside its component
     * @param dtor the destructor, a core function
     */
    record Resource(ValType representation, OptionalInt dtor) implements TypeDef {}

    /**
     * Declarations are {@link Definition}s: Import (components only), ExportDecl, Type, CoreType,
     * aliases.
     */
    record Component(List<Definition> declarations) implements TypeDef {}

    record Instance(List<Definition> declarations) implements TypeDef {}
}
