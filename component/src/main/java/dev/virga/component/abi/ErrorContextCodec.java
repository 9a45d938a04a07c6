package dev.virga.component.abi;

import dev.virga.component.ErrorContext;

/** An {@code error-context}: the same object in every component that holds it. */
final class ErrorContextCodec extends SlotCodec {

    static final ErrorContextCodec ERROR_CONTEXT = new ErrorContextCodec();

    private ErrorContextCodec() {
        super(Layout.I32);
    }

    @Override
    public Class<?> carrier() {
        return ErrorContext.class;
    }

    @Override
    public long footprint() {
        return 0;
    }

    @Override
    Object lift(Lift in, int value) {
        return in.context().liftErrorContext(value);
    }

    @Override
    int lower(Lower out, Object value) {
        if (!(value instanceof ErrorContext error)) {
            throw Mismatch.of("error-context", ErrorContext.class, value);
        }
        return out.context().lowerErrorContext(error);
    }
}
