package dev.virga.component.abi;

/** The payload of a case that has none: no bytes, no core values, null in Java. */
enum Unit implements Codec {
    UNIT;

    @Override
    public Layout layout() {
        return Layout.NONE;
    }

    @Override
    public Class<?> carrier() {
        return Void.class;
    }

    @Override
    public long footprint() {
        return 0;
    }

    @Override
    public Object load(Lift in, long pointer) {
        return null;
    }

    @Override
    public void store(Lower out, Object value, long pointer) {
        check(value);
    }

    @Override
    public Object liftFlat(Lift in, long[] flat, int at) {
        return null;
    }

    @Override
    public void lowerFlat(Lower out, Object value, long[] flat, int at) {
        check(value);
    }

    private static void check(Object value) {
        if (value != null) {
            throw new IllegalArgumentException(
                    "a case without payload has a payload, a " + value.getClass().getName() + "; leave it out");
        }
    }
}
