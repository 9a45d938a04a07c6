package dev.virga.component.abi;

import dev.virga.component.ComponentException;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the layouts of types. Each type object is looked at once: a component can build types that
 * share parts, whose walk as a tree would take exponential time.
 */
final class Layouts {

    /** Values are lifted by recursion; so deep a type would be an attack on the stack. */
    private static final int MAX_DEPTH = 200;

    private final Map<ValueType, Layout> known = new IdentityHashMap<>();
    private int depth;

    Layout of(ValueType type) {
        Layout layout = known.get(type);
        if (layout == null) {
            checkDepth(++depth);
            layout = compute(type);
            depth--;
            known.put(type, layout);
        }
        return layout;
    }

    List<Layout> of(List<ValueType> types) {
        List<Layout> layouts = new ArrayList<>(types.size());
        for (ValueType type : types) {
            layouts.add(of(type));
        }
        return layouts;
    }

    private Layout compute(ValueType type) {
        return switch (type) {
            case Primitive p -> primitive(p);
            case ValueType.Record r -> Layout.product(of(fieldTypes(r)));
            case ValueType.Tuple t -> Layout.product(of(t.types()));
            case ValueType.Variant v -> Layout.sum(cases(v.cases().stream().map(ValueType.Case::type).toList()));
            case ValueType.Option o -> Layout.sum(List.of(Layout.NONE, of(o.type())));
            case ValueType.Result r -> Layout.sum(cases(List.of(r.ok(), r.error())));
            case ValueType.Enum e -> Layout.discriminant(e.labels().size());
            case ValueType.Flags f -> Layout.flags(f.labels().size());
            case ValueType.ListOf l -> Layout.RANGE;
            case ValueType.MapOf m -> Layout.RANGE;
            case ValueType.FixedList l -> Layout.array(of(l.element()), l.length());
            case ValueType.Own o -> Layout.I32;
            case ValueType.Borrow b -> Layout.I32;
            case ValueType.Stream s -> Layout.I32;
            case ValueType.Future f -> Layout.I32;
        };
    }

    private List<Layout> cases(List<Optional<ValueType>> types) {
        List<Layout> layouts = new ArrayList<>(types.size());
        for (Optional<ValueType> type : types) {
            layouts.add(type.isPresent() ? of(type.get()) : Layout.NONE);
        }
        return layouts;
    }

    private static Layout primitive(Primitive type) {
        return switch (type) {
            case BOOL, S8, U8 -> Layout.I8;
            case S16, U16 -> Layout.I16;
            case S32, U32, CHAR, ERROR_CONTEXT -> Layout.I32;
            case S64, U64 -> Layout.I64;
            case F32 -> Layout.F32;
            case F64 -> Layout.F64;
            case STRING -> Layout.RANGE;
        };
    }

    static List<ValueType> fieldTypes(ValueType.Record record) {
        return record.fields().stream().map(ValueType.Field::type).toList();
    }

    /** Names a type in messages; never more than its kind, for its text may be of exponential length. */
    static String kind(ValueType type) {
        return switch (type) {
            case Primitive p -> p.toString();
            case ValueType.ListOf(var element) when element instanceof Primitive p -> "list<" + p + ">";
            case ValueType.ListOf l -> "list";
            case ValueType.FixedList l -> "list of fixed length";
            case ValueType.MapOf m -> "map";
            case ValueType.Own(var resource) -> "own<" + resource + ">";
            case ValueType.Borrow(var resource) -> "borrow<" + resource + ">";
            case ValueType other -> other.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new ComponentException.Unsupported(
                    "value types nested deeper than " + MAX_DEPTH + " are not supported");
        }
    }
}
