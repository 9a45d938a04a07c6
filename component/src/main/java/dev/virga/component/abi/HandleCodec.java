package dev.virga.component.abi;

import dev.virga.component.type.ResourceType;
import java.util.Optional;

/** A handle to a resource; the runtime keeps the tables. */
final class HandleCodec extends SlotCodec {

    private final ResourceType type;
    private final boolean owned;
    private final Class<?> carrier;
    private final Optional<ResourceView> view;

    HandleCodec(ResourceType type, boolean owned, Class<?> carrier, Optional<ResourceView> view) {
        super(Layout.I32);
        this.type = type;
        this.owned = owned;
        this.carrier = carrier;
        this.view = view;
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
        if (view.isPresent()) {
            return view.get().wrap(lifted);
        }
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
        Object lowered = view.isPresent() ? view.get().unwrap(value) : value;
        return owned ? out.context().lowerOwn(type, lowered) : out.context().lowerBorrow(type, lowered);
    }

    private IllegalArgumentException mismatch(Object value) {
        return Mismatch.of((owned ? "own<" : "borrow<") + type + ">", carrier, value);
    }
}
