package dev.virga.component.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The threads of a component instance by their indices ({@code ComponentInstance.threads}); 0 is never used. */
final class ThreadTable {

    private final List<GuestThread> elements = new ArrayList<>(Arrays.asList((GuestThread) null));
    private final List<Integer> free = new ArrayList<>();

    int add(GuestThread thread) {
        if (free.isEmpty()) {
            elements.add(thread);
            return elements.size() - 1;
        }
        int index = free.removeLast();
        elements.set(index, thread);
        return index;
    }

    GuestThread get(int index) {
        if (index < 0 || index >= elements.size() || elements.get(index) == null) {
            throw Waitable.trap("unknown thread index " + Integer.toUnsignedString(index));
        }
        return elements.get(index);
    }

    void remove(int index) {
        elements.set(index, null);
        free.add(index);
    }
}
