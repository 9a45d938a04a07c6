package dev.virga.component.runtime;

import dev.virga.component.abi.Elements;
import dev.virga.component.abi.LiftLowerContext;
import java.util.Optional;

/** A range of a guest's memory. */
final class GuestBuffer implements Buffer {

    private static final int MAX_LENGTH = (1 << 28) - 1;

    private final BuiltinContext context;
    private final Optional<Elements> elements;
    private final int length;
    private long address;
    private int progress;

    /** @param pointer of {@code length} elements, given by the guest and checked here */
    GuestBuffer(BuiltinContext context, Optional<Elements> elements, int pointer, int length) {
        if (Integer.compareUnsigned(length, MAX_LENGTH) > 0) {
            throw Waitable.trap("a buffer of " + Integer.toUnsignedString(length)
                    + " elements is too long: " + MAX_LENGTH + " are the most");
        }
        this.context = context;
        this.elements = elements;
        this.length = length;
        this.address = elements.isPresent() && length > 0 ? elements.get().check(context, pointer, length) : 0;
    }

    @Override
    public int remain() {
        return length - progress;
    }

    @Override
    public boolean isZeroLength() {
        return length == 0;
    }

    int progress() {
        return progress;
    }

    /** From one guest to another, or within one. */
    void moveTo(GuestBuffer target, int count) {
        if (elements.isPresent()) {
            Elements passing = elements.get();
            if (passing.isPlain()) {
                passing.copy(context, address, target.context, target.address, count);
            } else {
                Object values = new Object[count];
                passing.load(context, address, values, 0, count);
                target.elements.orElseThrow().store(target.context, values, 0, count, target.address);
            }
        }
        advance(count);
        target.advance(count);
    }

    /** The context for values that the host gets or gives. */
    LiftLowerContext hostContext() {
        return context.withHost();
    }

    long address() {
        return address;
    }

    void advance(int count) {
        progress += count;
        address += (long) count * elements.map(Elements::size).orElse(0);
    }
}
