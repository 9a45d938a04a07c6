package dev.virga.component.validation;

import dev.virga.component.type.ValueType;
import dev.virga.engine.ValType;
import dev.virga.engine.ValType.Num;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The core types that stand for component values (CanonicalABI, "Flattening"). Nothing needs more
 * than the {@link #MAX_PARAMS} first of them and whether there are others, so that is all it makes.
 */
final class Flattening {

    static final int MAX_PARAMS = 16;
    static final int MAX_ASYNC_PARAMS = 4;
    static final int MAX_RESULTS = 1;

    private final Context context;
    private final ValType pointer;
    private final Map<ValueType, List<ValType>> done = new IdentityHashMap<>();

    /** @param pointer the type of addresses in the memory */
    Flattening(Context context, ValType pointer) {
        this.context = context;
        this.pointer = pointer;
    }

    ValType pointer() {
        return pointer;
    }

    /** At most {@link #MAX_PARAMS} + 1 types; so many mean that there are too many. */
    List<ValType> flatten(List<ValueType> types) {
        List<ValType> flat = new ArrayList<>();
        for (ValueType type : types) {
            append(flat, flatten(type));
            if (flat.size() > MAX_PARAMS) {
                break;
            }
        }
        return flat;
    }

    private static void append(List<ValType> flat, List<ValType> more) {
        flat.addAll(more.subList(0, Math.min(more.size(), MAX_PARAMS + 1 - flat.size())));
    }

    private List<ValType> flatten(ValueType type) {
        List<ValType> flat = done.get(type);
        if (flat == null) {
            context.charge(1);
            flat = compute(type);
            done.put(type, flat);
        }
        return flat;
    }

    private List<ValType> compute(ValueType type) {
        return switch (type) {
            case ValueType.Primitive p -> switch (p) {
                case BOOL, S8, U8, S16, U16, S32, U32, CHAR, ERROR_CONTEXT -> List.of(Num.I32);
                case S64, U64 -> List.of(Num.I64);
                case F32 -> List.of(Num.F32);
                case F64 -> List.of(Num.F64);
                case STRING -> List.of(pointer, pointer);
            };
            case ValueType.ListOf l -> List.of(pointer, pointer);
            case ValueType.MapOf m -> List.of(pointer, pointer);
            case ValueType.FixedList(ValueType element, int length) ->
                flatten(Collections.nCopies(
                        (int) Math.min(Integer.toUnsignedLong(length), MAX_PARAMS + 1), element));
            case ValueType.Record(List<ValueType.Field> fields) ->
                flatten(fields.stream().map(ValueType.Field::type).toList());
            case ValueType.Tuple(List<ValueType> types) -> flatten(types);
            case ValueType.Variant(List<ValueType.Case> cases) ->
                variant(cases.stream().map(ValueType.Case::type).flatMap(Optional::stream).toList());
            case ValueType.Option(ValueType some) -> variant(List.of(some));
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) -> {
                List<ValueType> payloads = new ArrayList<>(2);
                ok.ifPresent(payloads::add);
                error.ifPresent(payloads::add);
                yield variant(payloads);
            }
            case ValueType.Flags f -> List.of(Num.I32);
            case ValueType.Enum e -> List.of(Num.I32);
            case ValueType.Own o -> List.of(Num.I32);
            case ValueType.Borrow b -> List.of(Num.I32);
            case ValueType.Stream s -> List.of(Num.I32);
            case ValueType.Future f -> List.of(Num.I32);
        };
    }

    private List<ValType> variant(List<ValueType> payloads) {
        List<ValType> joined = new ArrayList<>();
        for (ValueType payload : payloads) {
            List<ValType> flat = flatten(payload);
            for (int i = 0; i < flat.size(); i++) {
                if (i < joined.size()) {
                    joined.set(i, join(joined.get(i), flat.get(i)));
                } else {
                    joined.add(flat.get(i));
                }
            }
        }
        List<ValType> flat = new ArrayList<>(joined.size() + 1);
        flat.add(Num.I32);
        append(flat, joined);
        return flat;
    }

    private static ValType join(ValType a, ValType b) {
        if (a == b) {
            return a;
        }
        boolean fits32 = a == Num.I32 && b == Num.F32 || a == Num.F32 && b == Num.I32;
        return fits32 ? Num.I32 : Num.I64;
    }
}
