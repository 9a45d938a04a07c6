package dev.virga.link;

import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds how values travel. Each type object is looked at once: a component can build types that share parts, whose
 * walk as a tree would take exponential time.
 */
final class WireTypes {

    /** Values are read by recursion; so deep a type would be an attack on the stack. */
    private static final int MOST_DEPTH = 100;

    private final Map<ValueType, WireType> known = new IdentityHashMap<>();
    private int depth;

    /** @throws LinkException naming a type of which no value can leave its process */
    WireType of(ValueType type) {
        WireType wire = known.get(type);
        if (wire == null) {
            if (++depth > MOST_DEPTH) {
                throw new LinkException(
                        LinkException.Kind.TYPE, "value types nested deeper than " + MOST_DEPTH + " cannot be linked");
            }
            wire = make(type);
            depth--;
            known.put(type, wire);
        }
        return wire;
    }

    private WireType make(ValueType type) {
        return switch (type) {
            case Primitive.ERROR_CONTEXT -> throw refused("error-context");
            case Primitive p -> scalar(p);
            case ValueType.ListOf(Primitive element) when element == Primitive.U8 -> WireScalar.BYTES;
            case ValueType.ListOf(ValueType element) -> new WireLists.Of(of(element));
            case ValueType.FixedList(ValueType element, int length) -> new WireLists.Fixed(of(element), length);
            case ValueType.MapOf(ValueType key, ValueType value) -> new WireLists.MapOf(of(key), of(value));
            case ValueType.Record(List<ValueType.Field> fields) -> new WireProducts.Record(
                    fields.stream().map(ValueType.Field::name).toList(),
                    all(fields.stream().map(ValueType.Field::type).toList()));
            case ValueType.Tuple(List<ValueType> types) -> new WireProducts.TupleOf(all(types));
            case ValueType.Flags(List<String> labels) -> new WireProducts.Flags(labels);
            case ValueType.Enum(List<String> labels) -> new WireSums.Enum(labels);
            case ValueType.Variant(List<ValueType.Case> cases) -> {
                List<Optional<WireType>> types = new ArrayList<>();
                cases.forEach(c -> types.add(c.type().map(this::of)));
                yield new WireSums.Variant(cases.stream().map(ValueType.Case::name).toList(), types);
            }
            case ValueType.Option(ValueType some) -> new WireSums.Option(of(some));
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) ->
                new WireSums.ResultOf(ok.map(this::of), error.map(this::of));
            case ValueType.Own(var resource) -> throw refused("own<" + resource.name() + ">");
            case ValueType.Borrow(var resource) -> throw refused("borrow<" + resource.name() + ">");
            case ValueType.Stream _ -> throw refused("stream");
            case ValueType.Future _ -> throw refused("future");
        };
    }

    private List<WireType> all(List<ValueType> types) {
        List<WireType> all = new ArrayList<>(types.size());
        types.forEach(type -> all.add(of(type)));
        return all;
    }

    private static WireScalar scalar(Primitive type) {
        return switch (type) {
            case BOOL -> WireScalar.BOOL;
            case S8, U8 -> WireScalar.BYTE;
            case S16 -> WireScalar.S16;
            case U16 -> WireScalar.U16;
            case S32 -> WireScalar.S32;
            case U32 -> WireScalar.U32;
            case S64 -> WireScalar.S64;
            case U64 -> WireScalar.U64;
            case F32 -> WireScalar.F32;
            case F64 -> WireScalar.F64;
            case CHAR -> WireScalar.CHAR;
            case STRING -> WireScalar.STRING;
            case ERROR_CONTEXT -> throw refused(type.toString());
        };
    }

    private static LinkException refused(String type) {
        return new LinkException(
                LinkException.Kind.TYPE, "the type " + type + " has no values that can leave the process");
    }
}
