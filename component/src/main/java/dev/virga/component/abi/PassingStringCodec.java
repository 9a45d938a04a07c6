package dev.virga.component.abi;

/** A string from component to component. */
final class PassingStringCodec extends RangeCodec {

    static final PassingStringCodec STRING = new PassingStringCodec();

    private PassingStringCodec() {}

    @Override
    public Class<?> carrier() {
        return HintedString.class;
    }

    @Override
    Object lift(Lift in, int pointer, int length) {
        return StringLift.liftHinted(in, pointer, length);
    }

    @Override
    long lower(Lower out, Object value) {
        return StringTranscode.lower(out, (HintedString) value);
    }
}
