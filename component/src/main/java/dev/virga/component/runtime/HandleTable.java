package dev.virga.component.runtime;

import dev.virga.component.type.ResourceType;
import dev.virga.engine.Trap;
import java.util.Arrays;

/**
 * The handles of one component instance ({@code Table} of the Canonical ABI). Index 0 is never
 * used; a freed index is the first to be used again.
 */
final class HandleTable {

    /** The specification's limit on indices. */
    private static final int MAX_LENGTH = (1 << 28) - 1;

    private final Quota quota;
    private ResourceHandle[] elements = new ResourceHandle[0];
    private int[] free = new int[0];
    private int length = 1;
    private int freeCount;

    HandleTable(Quota quota) {
        this.quota = quota;
    }

    int add(ResourceHandle element) {
        quota.add();
        int index = freeCount > 0 ? free[--freeCount] : append();
        elements[index] = element;
        return index;
    }

    private int append() {
        if (length > MAX_LENGTH) {
            throw trap("cannot allocate another handle: index overflow");
        }
        if (length >= elements.length) {
            int capacity = Math.max(16, (int) Math.min(MAX_LENGTH + 1L, elements.length * 2L));
            quota.grow(capacity - elements.length);
            elements = Arrays.copyOf(elements, capacity);
            free = Arrays.copyOf(free, capacity);
        }
        return length++;
    }

    ResourceHandle get(int index) {
        // an index is unsigned, so a negative one is beyond every table
        if (index < 0 || index >= elements.length || elements[index] == null) {
            throw trap("unknown handle index " + Integer.toUnsignedString(index));
        }
        return elements[index];
    }

    /** The handle at {@code index}, which must be one of a resource of this type. */
    ResourceHandle get(int index, ResourceType type) {
        ResourceHandle handle = get(index);
        if (handle.type != type) {
            throw trap("handle index " + index + " used with the wrong type, expected " + describe(type)
                    + " but found a different " + describe(handle.type));
        }
        return handle;
    }

    /** Removes a handle that is not lent. */
    ResourceHandle remove(int index, ResourceType type) {
        ResourceHandle handle = get(index, type);
        if (handle.lends > 0) {
            throw trap(
                    handle.owns()
                            ? "cannot remove owned resource while borrowed"
                            : "cannot remove borrowed resource while it is lent on");
        }
        elements[index] = null;
        free[freeCount++] = index;
        quota.remove();
        return handle;
    }

    /** How many handles there are. */
    int count() {
        int count = 0;
        for (ResourceHandle element : elements) {
            if (element != null) {
                count++;
            }
        }
        return count;
    }

    /** The handles, the newest index first. */
    Iterable<ResourceHandle> newestFirst() {
        return Arrays.stream(elements).filter(e -> e != null).toList().reversed();
    }

    private static String describe(ResourceType type) {
        return (type instanceof HostResourceType ? "host" : "guest") + "-defined resource";
    }

    private static Trap trap(String message) {
        return new Trap(Trap.Kind.CANONICAL_ABI, message);
    }
}
