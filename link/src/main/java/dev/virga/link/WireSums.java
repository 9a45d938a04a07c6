package dev.virga.link;

import dev.virga.component.Result;
import dev.virga.component.VariantValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Types of which a value is one of several cases. */
final class WireSums {

    private static final long CASE = 48;

    private WireSums() {}

    private static Map<String, Integer> indices(List<String> names) {
        Map<String, Integer> indices = new HashMap<>();
        names.forEach(name -> indices.put(name, indices.size()));
        return Map.copyOf(indices);
    }

    record Enum(List<String> labels, Map<String, Integer> indices) implements WireType {

        Enum(List<String> labels) {
            this(labels, WireSums.indices(labels));
        }

        @Override
        public int least() {
            return 1;
        }

        @Override
        public void write(WireWriter out, Object value) {
            out.unsigned(indices.get((String) value));
        }

        @Override
        public Object read(WireReader in) {
            return labels.get(in.discriminant(labels.size()));
        }
    }

    record Variant(List<String> names, List<Optional<WireType>> types, Map<String, Integer> indices)
            implements WireType {

        Variant(List<String> names, List<Optional<WireType>> types) {
            this(names, types, WireSums.indices(names));
        }

        @Override
        public int least() {
            return 1;
        }

        @Override
        public void write(WireWriter out, Object value) {
            VariantValue variant = (VariantValue) value;
            int index = indices.get(variant.name());
            out.unsigned(index);
            types.get(index).ifPresent(type -> type.write(out, variant.payload().orElseThrow()));
        }

        @Override
        public Object read(WireReader in) {
            int index = in.discriminant(names.size());
            in.charge(CASE);
            return new VariantValue(names.get(index), types.get(index).map(type -> type.read(in)));
        }
    }

    record Option(WireType type) implements WireType {
        @Override
        public int least() {
            return 1;
        }

        @Override
        public void write(WireWriter out, Object value) {
            Optional<?> option = (Optional<?>) value;
            out.u8(option.isPresent() ? 1 : 0);
            option.ifPresent(some -> type.write(out, some));
        }

        @Override
        public Object read(WireReader in) {
            if (in.discriminant(2) == 0) {
                return Optional.empty();
            }
            in.charge(CASE);
            return Optional.of(type.read(in));
        }
    }

    record ResultOf(Optional<WireType> ok, Optional<WireType> error) implements WireType {
        @Override
        public int least() {
            return 1;
        }

        @Override
        public void write(WireWriter out, Object value) {
            switch ((Result<?, ?>) value) {
                case Result.Ok<?, ?>(Object some) -> {
                    out.u8(0);
                    ok.ifPresent(type -> type.write(out, some));
                }
                case Result.Err<?, ?>(Object some) -> {
                    out.u8(1);
                    error.ifPresent(type -> type.write(out, some));
                }
            }
        }

        @Override
        public Object read(WireReader in) {
            boolean failed = in.discriminant(2) == 1;
            in.charge(CASE);
            Object value = (failed ? error : ok).map(type -> type.read(in)).orElse(null);
            return failed ? Result.err(value) : Result.ok(value);
        }
    }
}
