package dev.virga.component.runtime;

import dev.virga.component.abi.Elements;
import java.util.Optional;

/** A part of a Java array: values that the host gives, or room for those that it gets. */
final class HostBuffer implements Buffer {

    private final Optional<Elements> elements;
    private final Object array;
    private final int limit;
    private int position;

    /**
     * @param elements what the values are for the host; empty where they have no type
     * @param array bytes or objects, as {@link Elements} says
     * @param limit how many of them count
     */
    HostBuffer(Optional<Elements> elements, Object array, int limit) {
        this.elements = elements;
        this.array = array;
        this.limit = limit;
    }

    /** Room for {@code count} values. */
    static HostBuffer room(Optional<Elements> elements, int count) {
        return new HostBuffer(elements, elements.map(e -> e.newArray(count)).orElseGet(() -> new Object[count]), count);
    }

    @Override
    public int remain() {
        return limit - position;
    }

    @Override
    public boolean isZeroLength() {
        return limit == 0;
    }

    /** How many values were moved. */
    int progress() {
        return position;
    }

    Object array() {
        return array;
    }

    void take(GuestBuffer source, int count) {
        elements.ifPresent(e -> e.load(source.hostContext(), source.address(), array, position, count));
        position += count;
        source.advance(count);
    }

    void give(GuestBuffer target, int count) {
        elements.ifPresent(e -> e.store(target.hostContext(), array, position, count, target.address()));
        position += count;
        target.advance(count);
    }

    void moveTo(HostBuffer target, int count) {
        System.arraycopy(array, position, target.array, target.position, count);
        position += count;
        target.position += count;
    }
}
