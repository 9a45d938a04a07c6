package dev.virga.component.runtime;

import dev.virga.component.abi.Elements;
import java.util.Optional;

/** A part of a Java array: values that the host gives, or room for those that it gets. */
final class HostBuffer implements Buffer {

    private final Optional<Elements> elements;
    private final Object array;
    private final int start;
    private final int limit;
    private int position;

    /**
     * @param elements what the values are for the host; empty where they have no type
     * @param array bytes or objects, as {@link Elements} says
     * @param start the first of them
     * @param count how many they are
     */
    HostBuffer(Optional<Elements> elements, Object array, int start, int count) {
        this.elements = elements;
        this.array = array;
        this.start = start;
        this.limit = start + count;
        this.position = start;
    }

    /** Room for {@code count} values. */
    static HostBuffer room(Optional<Elements> elements, int count) {
        return new HostBuffer(elements, elements.map(e -> e.newArray(count)).orElseGet(() -> new Object[count]), 0, count);
    }

    @Override
    public int remain() {
        return limit - position;
    }

    @Override
    public boolean isZeroLength() {
        return limit == start;
    }

    /** How many values were moved. */
    int progress() {
        return position - start;
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
