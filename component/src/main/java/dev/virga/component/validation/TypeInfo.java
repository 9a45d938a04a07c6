package dev.virga.component.validation;

import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Facts about a type.
 *
 * @param depth how deep it nests
 * @param size how many parts it has when written out
 * @param borrows whether a value of it may contain a borrow
 * @param pointers whether a value of it may contain a pointer into linear memory
 * @param bytes its size in a linear memory with 64-bit pointers ({@code elem_size(t, 'i64')})
 * @param alignment its alignment there
 */
record TypeInfo(int depth, int size, boolean borrows, boolean pointers, long bytes, int alignment) {

    /** As wasmtime has it; each level may take a stack frame or several in what walks over types. */
    static final int MAX_DEPTH = 100;

    private static final int MAX_SIZE = 1_000_000;
    /** Binary, "Type Definitions": the size of every value type is below this. */
    private static final long MAX_BYTES = 1 << 28;

    static TypeInfo of(DefType type, Context context) {
        TypeInfo info = switch (type) {
            case ResourceType r -> leaf(0, 1);
            case FunctionType f -> {
                List<ValueType> parts = new ArrayList<>(f.params().stream().map(FunctionType.Param::type).toList());
                f.result().ifPresent(parts::add);
                yield compound(parts, context);
            }
            case InstanceType i -> compound(types(i.exports().values()), context);
            case ComponentType c -> {
                List<DefType> parts = types(c.imports().values());
                parts.addAll(types(c.exports().values()));
                yield compound(parts, context);
            }
            case ValueType v -> value(v, context);
        };
        if (info.depth > MAX_DEPTH) {
            throw context.invalid("type nesting is too deep: more than " + MAX_DEPTH + " levels");
        }
        if (info.size > MAX_SIZE) {
            throw context.invalid("a type is too large: it has more than " + MAX_SIZE + " parts when written out");
        }
        if (info.bytes >= MAX_BYTES) {
            throw context.invalid("a value type exceeds maximum byte size: its values take " + info.bytes
                    + " bytes, and the limit is " + (MAX_BYTES - 1));
        }
        return info;
    }

    private static List<DefType> types(Collection<ExternDesc> externs) {
        List<DefType> types = new ArrayList<>(externs.size());
        for (ExternDesc extern : externs) {
            switch (extern) {
                case ExternDesc.CoreModule m -> {}
                case ExternDesc.Func(FunctionType f) -> types.add(f);
                case ExternDesc.Value(ValueType v) -> types.add(v);
                case ExternDesc.Type(DefType t) -> types.add(t);
                case ExternDesc.Instance(InstanceType i) -> types.add(i);
                case ExternDesc.Component(ComponentType c) -> types.add(c);
            }
        }
        return types;
    }

    private static TypeInfo leaf(long bytes, int alignment) {
        return new TypeInfo(1, 1, false, false, bytes, alignment);
    }

    /** The facts that hold for any type with these parts; its bytes are left open. */
    private static TypeInfo compound(Collection<? extends DefType> parts, Context context) {
        context.charge(parts.size());
        int depth = 0;
        long size = 1 + (long) parts.size();
        boolean borrows = false;
        boolean pointers = false;
        for (DefType part : parts) {
            TypeInfo info = context.info(part);
            depth = Math.max(depth, info.depth);
            size += info.size;
            borrows |= info.borrows;
            pointers |= info.pointers;
        }
        return new TypeInfo(depth + 1, (int) Math.min(size, Integer.MAX_VALUE), borrows, pointers, 0, 1);
    }

    private TypeInfo sized(long newBytes, int newAlignment) {
        return new TypeInfo(depth, size, borrows, pointers, newBytes, newAlignment);
    }

    private TypeInfo pointing(int words) {
        return new TypeInfo(depth, size, borrows, true, 8L * words, 8);
    }

    private static TypeInfo value(ValueType type, Context context) {
        return switch (type) {
            case ValueType.Primitive p -> primitive(p);
            case ValueType.Record(List<ValueType.Field> fields) ->
                record(fields.stream().map(ValueType.Field::type).toList(), context);
            case ValueType.Tuple(List<ValueType> types) -> record(types, context);
            case ValueType.Variant(List<ValueType.Case> cases) ->
                variant(cases.stream().map(ValueType.Case::type).toList(), context);
            case ValueType.Option(ValueType some) -> variant(List.of(Optional.empty(), Optional.of(some)), context);
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) ->
                variant(List.of(ok, error), context);
            case ValueType.ListOf(ValueType element) -> compound(List.of(element), context).pointing(2);
            case ValueType.MapOf(ValueType key, ValueType value) ->
                compound(List.of(key, value), context).pointing(2);
            case ValueType.FixedList(ValueType element, int length) -> {
                TypeInfo info = compound(List.of(element), context);
                TypeInfo inner = context.info(element);
                yield info.sized(inner.bytes * Integer.toUnsignedLong(length), inner.alignment);
            }
            case ValueType.Flags(List<String> labels) -> {
                int bytes = labels.size() <= 8 ? 1 : labels.size() <= 16 ? 2 : 4;
                yield labels(labels).sized(bytes, bytes);
            }
            case ValueType.Enum(List<String> labels) -> {
                int bytes = discriminant(labels.size());
                yield labels(labels).sized(bytes, bytes);
            }
            case ValueType.Own o -> leaf(4, 4);
            case ValueType.Borrow b -> new TypeInfo(1, 1, true, false, 4, 4);
            case ValueType.Stream(Optional<ValueType> element) -> handle(element, context);
            case ValueType.Future(Optional<ValueType> element) -> handle(element, context);
        };
    }

    private static TypeInfo primitive(ValueType.Primitive type) {
        return switch (type) {
            case BOOL, S8, U8 -> leaf(1, 1);
            case S16, U16 -> leaf(2, 2);
            case S32, U32, F32, CHAR, ERROR_CONTEXT -> leaf(4, 4);
            case S64, U64, F64 -> leaf(8, 8);
            case STRING -> leaf(0, 1).pointing(2);
        };
    }

    private static TypeInfo labels(List<String> labels) {
        return new TypeInfo(1, 1 + labels.size(), false, false, 0, 1);
    }

    /** A stream or future: what its elements contain is not part of its own values. */
    private static TypeInfo handle(Optional<ValueType> element, Context context) {
        TypeInfo info = compound(element.stream().toList(), context);
        return new TypeInfo(info.depth, info.size, info.borrows, false, 4, 4);
    }

    private static TypeInfo record(List<ValueType> fields, Context context) {
        long bytes = 0;
        int alignment = 1;
        for (ValueType field : fields) {
            TypeInfo info = context.info(field);
            bytes = align(bytes, info.alignment) + info.bytes;
            alignment = Math.max(alignment, info.alignment);
        }
        return compound(fields, context).sized(align(bytes, alignment), alignment);
    }

    private static TypeInfo variant(List<Optional<ValueType>> cases, Context context) {
        context.charge(cases.size());
        int discriminant = discriminant(cases.size());
        long bytes = 0;
        int alignment = 1;
        for (Optional<ValueType> payload : cases) {
            if (payload.isPresent()) {
                TypeInfo info = context.info(payload.get());
                bytes = Math.max(bytes, info.bytes);
                alignment = Math.max(alignment, info.alignment);
            }
        }
        int whole = Math.max(discriminant, alignment);
        List<ValueType> payloads = cases.stream().flatMap(Optional::stream).toList();
        TypeInfo info = compound(payloads, context);
        return new TypeInfo(
                info.depth,
                info.size + cases.size(),
                info.borrows,
                info.pointers,
                align(align(discriminant, alignment) + bytes, whole),
                whole);
    }

    private static int discriminant(int cases) {
        return cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;
    }

    private static long align(long bytes, int alignment) {
        return (bytes + alignment - 1) / alignment * alignment;
    }
}
