package dev.virga.component.abi;

import dev.virga.component.type.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * Values on their way between components: fields in an array, cases by index, numbers in primitive
 * arrays, strings with their hints.
 */
final class PassingShapes implements Shapes {

    /** A case on its way. */
    private record Chosen(int index, Object payload) {}

    @Override
    public Codec string() {
        return PassingStringCodec.STRING;
    }

    @Override
    public Codec list(Codec element) {
        return element instanceof Scalar scalar && ArrayCodec.fits(scalar)
                ? new ArrayCodec(scalar)
                : new ListCodec(element);
    }

    @Override
    public Codec map(Codec key, Codec value) {
        return new ListCodec(new ProductCodec(tuple(2), List.of(key, value)));
    }

    @Override
    public ProductCodec.Shape record(ValueType.Record type) {
        return Fields.FIELDS;
    }

    @Override
    public ProductCodec.Shape tuple(int size) {
        return Fields.FIELDS;
    }

    @Override
    public SumCodec.Shape variant(ValueType.Variant type) {
        return Choice.CHOICE;
    }

    @Override
    public SumCodec.Shape option() {
        return Choice.CHOICE;
    }

    @Override
    public SumCodec.Shape result() {
        return Choice.CHOICE;
    }

    @Override
    public Codec enumeration(List<String> labels) {
        return BitsCodec.enumeration(labels.size());
    }

    @Override
    public Codec flags(List<String> labels) {
        return BitsCodec.flags(labels.size());
    }

    @Override
    public Codec stream(ValueType.Stream type, Optional<Codec> element) {
        return new AsyncValueCodec(type, element, Object.class);
    }

    @Override
    public Codec future(ValueType.Future type, Optional<Codec> element) {
        return new AsyncValueCodec(type, element, Object.class);
    }

    private enum Fields implements ProductCodec.Shape {
        FIELDS;

        @Override
        public Class<?> carrier() {
            return Object[].class;
        }

        @Override
        public Object make(Object[] fields) {
            return fields;
        }

        @Override
        public Object[] fields(Object value) {
            return (Object[]) value;
        }
    }

    private enum Choice implements SumCodec.Shape {
        CHOICE;

        @Override
        public Class<?> carrier() {
            return Object.class;
        }

        @Override
        public Object make(int index, Object payload) {
            return new Chosen(index, payload);
        }

        @Override
        public int index(Object value) {
            return ((Chosen) value).index();
        }

        @Override
        public Object payload(Object value) {
            return ((Chosen) value).payload();
        }
    }
}
