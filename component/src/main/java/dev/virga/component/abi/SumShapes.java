package dev.virga.component.abi;

import dev.virga.component.Result;
import java.util.Optional;

/** Options as {@link Optional}, results as {@link Result}. */
enum SumShapes implements SumCodec.Shape {
    OPTION(Optional.class) {
        @Override
        public Object make(int index, Object payload) {
            return index == 0 ? Optional.empty() : Optional.of(payload);
        }

        @Override
        public int index(Object value) {
            if (!(value instanceof Optional<?> optional)) {
                throw Mismatch.of("option", Optional.class, value);
            }
            return optional.isEmpty() ? 0 : 1;
        }

        @Override
        public Object payload(Object value) {
            return ((Optional<?>) value).orElse(null);
        }
    },
    RESULT(Result.class) {
        @Override
        public Object make(int index, Object payload) {
            return index == 0 ? Result.ok(payload) : Result.err(payload);
        }

        @Override
        public int index(Object value) {
            if (!(value instanceof Result<?, ?> result)) {
                throw Mismatch.of("result", Result.class, value);
            }
            return result.isOk() ? 0 : 1;
        }

        @Override
        public Object payload(Object value) {
            return switch ((Result<?, ?>) value) {
                case Result.Ok<?, ?>(Object payload) -> payload;
                case Result.Err<?, ?>(Object error) -> error;
            };
        }
    };

    private final Class<?> carrier;

    SumShapes(Class<?> carrier) {
        this.carrier = carrier;
    }

    @Override
    public Class<?> carrier() {
        return carrier;
    }
}
