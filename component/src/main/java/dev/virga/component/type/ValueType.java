package dev.virga.component.type;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A resolved component value type ({@code defvaltype} of the binary format, no indices left). */
public sealed interface ValueType extends DefType {

    /** The value types that this one directly consists of. */
    default List<ValueType> parts() {
        return switch (this) {
            case Primitive _, Flags _, Enum _, Own _, Borrow _ -> List.of();
            case Record(List<Field> fields) -> fields.stream().map(Field::type).toList();
            case Variant(List<Case> cases) -> cases.stream().flatMap(c -> c.type().stream()).toList();
            case ListOf(ValueType element) -> List.of(element);
            case FixedList(ValueType element, int _) -> List.of(element);
            case MapOf(ValueType key, ValueType value) -> List.of(key, value);
            case Tuple(List<ValueType> types) -> types;
            case Option(ValueType type) -> List.of(type);
            case Result(Optional<ValueType> ok, Optional<ValueType> error) ->
                java.util.stream.Stream.concat(ok.stream(), error.stream()).toList();
            case Stream(Optional<ValueType> element) -> element.stream().toList();
            case Future(Optional<ValueType> element) -> element.stream().toList();
        };
    }

    /** A type without parameters. */
    enum Primitive implements ValueType {
        BOOL, S8, U8, S16, U16, S32, U32, S64, U64, F32, F64, CHAR, STRING, ERROR_CONTEXT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A field of a record. */
    record Field(String name, ValueType type) {}

    /** A case of a variant. */
    record Case(String name, Optional<ValueType> type) {}

    record Record(List<Field> fields) implements ValueType {
        public Record {
            fields = List.copyOf(fields);
        }
    }

    record Variant(List<Case> cases) implements ValueType {
        public Variant {
            cases = List.copyOf(cases);
        }
    }

    record ListOf(ValueType element) implements ValueType {}

    record FixedList(ValueType element, int length) implements ValueType {}

    record MapOf(ValueType key, ValueType value) implements ValueType {}

    record Tuple(List<ValueType> types) implements ValueType {
        public Tuple {
            types = List.copyOf(types);
        }
    }

    record Flags(List<String> labels) implements ValueType {
        public Flags {
            labels = List.copyOf(labels);
        }
    }

    record Enum(List<String> labels) implements ValueType {
        public Enum {
            labels = List.copyOf(labels);
        }
    }

    record Option(ValueType type) implements ValueType {}

    record Result(Optional<ValueType> ok, Optional<ValueType> error) implements ValueType {}

    record Own(ResourceType resource) implements ValueType {}

    record Borrow(ResourceType resource) implements ValueType {}

    record Stream(Optional<ValueType> element) implements ValueType {}

    record Future(Optional<ValueType> element) implements ValueType {}
}
