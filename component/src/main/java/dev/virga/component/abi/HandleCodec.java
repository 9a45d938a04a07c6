package dev.virga.component.abi;

import dev.virga.component.type.ResourceType;

/** A handle to a resource; the runtime keeps the tables. */
final class HandleCodec extends SlotCodec {

    private final ResourceType type;
    private final boolean owned;
    private final Class<?> carrier;

    HandleCodec(ResourceType type, boolean owned, Class<?> carrier) {
        super(Layout.I32);
        this.type = type;
        this.owned = owned;
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
        Object lifted = owned ? in.context().liftOwn(type, value) : in.context().liftBorrow(type, value);
        if (!carrier.isInstance(lifted)) {
            throw mismatch(lifted);
        }
        return lifted;
    }

    @Override
    int lower(Lower out, Object value) {
        if (!carrier.isInstance(value)) {
            throw mismatch(value);
        }
        return owned ? out.context().lowerOwn(type, value) : out.context().lowerBorrow(type, value);
    }

    private IllegalArgumentException mismatch(Object value) {
        return Mismatch.of((owned ? "own<" : "borrow<") + type + ">", carrier, value);
    }
}
