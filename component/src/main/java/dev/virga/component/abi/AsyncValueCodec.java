package dev.virga.component.abi;

import dev.virga.component.type.ValueType;
import java.util.Optional;

/** The readable end of a stream or future; the runtime keeps the tables and what the ends share. */
final class AsyncValueCodec extends SlotCodec {

    private final ValueType type;
    private final Optional<Codec> element;
    private final Class<?> carrier;

    /**
     * @param type a stream or a future
     * @param element the codec of its elements, on the same mapping
     * @param carrier what stands for it in Java
     */
    AsyncValueCodec(ValueType type, Optional<Codec> element, Class<?> carrier) {
        super(Layout.I32);
        this.type = type;
        this.element = element;
        this.carrier = carrier;
    }

    @Override
    public Class<?> carrier() {
        return carrier;
    }

    @Override
    public long footprint() {
        return 64;
    }

    @Override
    Object lift(Lift in, int value) {
        return carrier.cast(in.context().liftAsyncValue(type, element, value));
    }

    @Override
    int lower(Lower out, Object value) {
        if (!carrier.isInstance(value)) {
            throw Mismatch.of(Layouts.kind(type), carrier, value);
        }
        return out.context().lowerAsyncValue(type, element, value);
    }
}
