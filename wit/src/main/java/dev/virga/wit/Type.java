package dev.virga.wit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A type as written where a type is expected ({@code ty} in WIT.md), its names resolved. */
public sealed interface Type {

    enum Primitive implements Type {
        BOOL, S8, U8, S16, U16, S32, U32, S64, U64, F32, F64, CHAR, STRING, ERROR_CONTEXT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A type by its name; of a resource, an owned handle. */
    record Named(TypeDef definition) implements Type {}

    /** A borrowed handle. */
    record Borrow(TypeDef resource) implements Type {}

    record ListOf(Type element) implements Type {}

    record FixedList(Type element, int length) implements Type {}

    record MapOf(Type key, Type value) implements Type {}

    record Option(Type type) implements Type {}

    record Result(Optional<Type> ok, Optional<Type> error) implements Type {}

    record Tuple(List<Type> types) implements Type {
        public Tuple {
            types = List.copyOf(types);
        }
    }

    record Stream(Optional<Type> element) implements Type {}

    record Future(Optional<Type> element) implements Type {}
}
