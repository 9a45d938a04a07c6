package dev.virga.component.binary;

import dev.virga.component.type.ValueType;
import java.util.List;
import java.util.Optional;

/** Checks the encoding of value definitions (Binary, "Value Definitions"). Gated feature. */
public final class ValueDecoder {

    private static final int NAN_32 = 0x7fc00000;
    private static final long NAN_64 = 0x7ff8000000000000L;

    private final Reader in;

    private ValueDecoder(Reader in) {
        this.in = in;
    }

    /** @throws dev.virga.component.ComponentException.Malformed if it is no value of this type */
    public static void check(ComponentBinary binary, Definition.Value value, ValueType type) {
        Reader in = new Reader(binary.bytes(), value.start(), value.end(), Section.VALUE.in(binary.start()), new Budget());
        new ValueDecoder(in).check(type);
        in.finish();
    }

    private void check(ValueType type) {
        switch (type) {
            case ValueType.Primitive p -> primitive(p);
            case ValueType.Record(List<ValueType.Field> fields) -> fields.forEach(f -> check(f.type()));
            case ValueType.Tuple(List<ValueType> types) -> types.forEach(this::check);
            case ValueType.Variant(List<ValueType.Case> cases) -> cases.get(label(cases.size())).type().ifPresent(this::check);
            case ValueType.Enum(List<String> labels) -> label(labels.size());
            case ValueType.Option(ValueType some) -> {
                if (in.flag("an option")) {
                    check(some);
                }
            }
            case ValueType.Result(Optional<ValueType> ok, Optional<ValueType> error) ->
                (in.flag("a result") ? error : ok).ifPresent(this::check);
            case ValueType.ListOf(ValueType element) -> {
                for (int left = in.size(); left > 0; left--) {
                    check(element);
                }
            }
            case ValueType.FixedList(ValueType element, int length) -> {
                for (int i = 0; i != length; i++) {
                    check(element);
                }
            }
            case ValueType.MapOf(ValueType key, ValueType value) -> {
                for (int left = in.size(); left > 0; left--) {
                    check(key);
                    check(value);
                }
            }
            case ValueType.Flags(List<String> labels) -> flags(labels.size());
            case ValueType.Own o -> throw noValues(type);
            case ValueType.Borrow b -> throw noValues(type);
            case ValueType.Stream s -> throw noValues(type);
            case ValueType.Future f -> throw noValues(type);
        }
    }

    private RuntimeException noValues(ValueType type) {
        return in.malformed("a type with handles has no values that a component could define");
    }

    private void primitive(ValueType.Primitive type) {
        switch (type) {
            case BOOL -> in.flag("a bool");
            case S8, U8 -> in.u8();
            case S16 -> in.signed(16);
            case U16 -> in.unsigned(16);
            case S32 -> in.signed(32);
            case U32 -> in.unsigned(32);
            case S64 -> in.signed(64);
            case U64 -> in.unsigned(64);
            case F32 -> {
                int bits = (int) little(4);
                if (Float.isNaN(Float.intBitsToFloat(bits)) && bits != NAN_32) {
                    throw in.malformed("a NaN must be the canonical one");
                }
            }
            case F64 -> {
                long bits = little(8);
                if (Double.isNaN(Double.longBitsToDouble(bits)) && bits != NAN_64) {
                    throw in.malformed("a NaN must be the canonical one");
                }
            }
            case CHAR -> in.character();
            case STRING -> in.text();
            case ERROR_CONTEXT -> throw noValues(type);
        }
    }

    private long little(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) in.u8() << 8 * i;
        }
        return value;
    }

    private int label(int count) {
        int index = in.u32();
        if (index < 0 || index >= count) {
            throw in.malformed("there is no case " + Integer.toUnsignedString(index));
        }
        return index;
    }

    private void flags(int count) {
        for (int i = 0; i < (count + 7) / 8; i++) {
            int unused = in.u8() >> Math.min(8, count - 8 * i);
            if (unused != 0) {
                throw in.malformed("flags that do not exist are set");
            }
        }
    }
}
