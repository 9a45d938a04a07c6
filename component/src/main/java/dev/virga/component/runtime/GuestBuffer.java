package dev.virga.component.runtime;

import dev.virga.component.abi.Elements;
import dev.virga.component.abi.LiftLowerContext;
import java.util.Optional;

/** A range of a guest's memory. */
final class GuestBuffer implements Buffer {

    private static final int MAX_LENGTH = (1 << 28) - 1;
    private static final int MAX_CHUNK = 4096;

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
                advance(count);
                target.advance(count);
            } else {
                moveValues(passing, target, count);
            }
        } else {
            advance(count);
            target.advance(count);
        }
    }

    /** Some at a time, for as Java objects they take more than in the guest's memory. */
    private void moveValues(Elements passing, GuestBuffer target, int count) {
        Object[] values = new Object[Math.min(count, MAX_CHUNK)];
        for (int left = count; left > 0; left -= values.length) {
            int some = Math.min(left, MAX_CHUNK);
            passing.load(context, address, values, 0, some);
            target.elements.orElseThrow().store(target.context, values, 0, some, target.address);
            advance(some);
            target.advance(some);
        }
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
