package dev.virga.component.abi;

/** A string that Java code uses. */
final class StringCodec extends RangeCodec {

    static final StringCodec STRING = new StringCodec();

    private StringCodec() {}

    @Override
    public Class<?> carrier() {
        return String.class;
    }

    @Override
    Object lift(Lift in, int pointer, int length) {
        return StringLift.lift(in, pointer, length);
    }

    @Override
    long lower(Lower out, Object value) {
        if (!(value instanceof String text)) {
            throw Mismatch.of("string", String.class, value);
        }
        return StringLower.lower(out, text);
    }
}
