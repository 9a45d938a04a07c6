package dev.virga.component.abi;

import dev.virga.component.RecordValue;
import dev.virga.component.Tuple;
import dev.virga.component.VariantValue;
import dev.virga.component.type.ValueType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/** Values without Java classes of their own, as {@link dev.virga.component.ExportedFunction} says. */
final class DynamicShapes implements Shapes {

    @Override
    public Codec string() {
        return StringCodec.STRING;
    }

    @Override
    public Codec list(Codec element) {
        return element == Scalar.U8 ? new ArrayCodec(Scalar.U8) : new ListCodec(element);
    }

    @Override
    public Codec map(Codec key, Codec value) {
        return new MapCodec(key, value);
    }

    @Override
    public ProductCodec.Shape record(ValueType.Record type) {
        return new Record(type.fields().stream().map(ValueType.Field::name).toList());
    }

    @Override
    public ProductCodec.Shape tuple(int size) {
        return new TupleShape(size);
    }

    @Override
    public SumCodec.Shape variant(ValueType.Variant type) {
        return new Variant(type.cases().stream().map(ValueType.Case::name).toList());
    }

    @Override
    public SumCodec.Shape option() {
        return SumShapes.OPTION;
    }

    @Override
    public SumCodec.Shape result() {
        return SumShapes.RESULT;
    }

    @Override
    public Codec enumeration(List<String> labels) {
        return new EnumCodec(String.class, labels);
    }

    @Override
    public Codec flags(List<String> labels) {
        return new FlagsCodec(labels.size(), new FlagSets.Labels(labels));
    }

    @Override
    public Codec stream(ValueType.Stream type, Optional<Codec> element) {
        return new AsyncValueCodec(type, element, JavaMapping.streamClass(type.element()));
    }

    @Override
    public Codec future(ValueType.Future type, Optional<Codec> element) {
        return new AsyncValueCodec(type, element, Future.class);
    }

    private record Record(List<String> names) implements ProductCodec.Shape {
        @Override
        public Class<?> carrier() {
            return RecordValue.class;
        }

        @Override
        public Object make(Object[] fields) {
            Map<String, Object> named = LinkedHashMap.newLinkedHashMap(fields.length);
            for (int i = 0; i < fields.length; i++) {
                named.put(names.get(i), fields[i]);
            }
            return new RecordValue(named);
        }

        @Override
        public Object[] fields(Object value) {
            if (!(value instanceof RecordValue record)) {
                throw Mismatch.of("record", RecordValue.class, value);
            }
            Object[] fields = new Object[names.size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = record.fields().get(names.get(i));
                if (fields[i] == null) {
                    throw new IllegalArgumentException("a record lacks the field \"" + names.get(i) + "\"; it has "
                            + record.fields().keySet());
                }
            }
            if (record.fields().size() > fields.length) {
                throw new IllegalArgumentException(
                        "a record has more fields than " + names + ": " + record.fields().keySet());
            }
            return fields;
        }
    }

    private record TupleShape(int size) implements ProductCodec.Shape {
        @Override
        public Class<?> carrier() {
            return Tuple.class;
        }

        @Override
        public Object make(Object[] fields) {
            return new Tuple(Arrays.asList(fields));
        }

        @Override
        public Object[] fields(Object value) {
            if (!(value instanceof Tuple tuple) || tuple.values().size() != size) {
                throw Mismatch.of("tuple", "a Tuple of " + size + " values", value);
            }
            return tuple.values().toArray();
        }
    }

    private record Variant(List<String> names) implements SumCodec.Shape {
        @Override
        public Class<?> carrier() {
            return VariantValue.class;
        }

        @Override
        public Object make(int index, Object payload) {
            return new VariantValue(names.get(index), Optional.ofNullable(payload));
        }

        @Override
        public int index(Object value) {
            if (!(value instanceof VariantValue variant)) {
                throw Mismatch.of("variant", VariantValue.class, value);
            }
            int index = names.indexOf(variant.name());
            if (index < 0) {
                throw new IllegalArgumentException(
                        "a variant has no case \"" + variant.name() + "\"; its cases are " + names);
            }
            return index;
        }

        @Override
        public Object payload(Object value) {
            return ((VariantValue) value).payload().orElse(null);
        }
    }
}
