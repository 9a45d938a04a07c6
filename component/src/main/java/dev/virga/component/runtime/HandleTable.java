package dev.virga.component.runtime;

import dev.virga.component.ErrorContext;
import dev.virga.component.binary.AsyncCanon.End;
import dev.virga.component.binary.AsyncCanon.Kind;
import dev.virga.component.type.ResourceType;
import dev.virga.engine.Trap;
import java.util.Arrays;
import java.util.Locale;

/**
 * The handles of one component instance ({@code Table} of the Canonical ABI). Index 0 is never
 * used; a freed index is the first to be used again.
 */
final class HandleTable {

    /** The specification's limit on indices. */
    private static final int MAX_LENGTH = (1 << 28) - 1;

    private final Quota quota;
    private Handle[] elements = new Handle[0];
    private int[] free = new int[0];
    private int length = 1;
    private int freeCount;

    HandleTable(Quota quota) {
        this.quota = quota;
    }

    int add(Handle element) {
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

    private Handle get(int index) {
        // an index is unsigned, so a negative one is beyond every table
        if (index < 0 || index >= elements.length || elements[index] == null) {
            throw trap("unknown handle index " + Integer.toUnsignedString(index));
        }
        return elements[index];
    }

    /** The handle at {@code index}, which must be one of a resource of this type. */
    ResourceHandle get(int index, ResourceType type) {
        if (!(get(index) instanceof ResourceHandle handle)) {
            throw wrongKind(index, "a resource");
        }
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
        free(index);
        return handle;
    }

    private void free(int index) {
        elements[index] = null;
        free[freeCount++] = index;
        quota.remove();
    }

    WaitableSet waitableSet(int index) {
        if (get(index) instanceof WaitableSet set) {
            return set;
        }
        throw wrongKind(index, "a waitable set");
    }

    void dropWaitableSet(int index) {
        waitableSet(index).checkDrop();
        free(index);
    }

    Waitable waitable(int index) {
        if (get(index) instanceof Waitable waitable) {
            return waitable;
        }
        throw wrongKind(index, "a waitable");
    }

    Subtask subtask(int index) {
        if (get(index) instanceof Subtask subtask) {
            return subtask;
        }
        throw wrongKind(index, "a subtask");
    }

    void dropSubtask(int index) {
        subtask(index).drop();
        free(index);
    }

    /** An end of a stream or future with elements of this type. */
    CopyEnd end(int index, Kind kind, End end, ElementTypes.Key type) {
        if (!(get(index) instanceof CopyEnd found) || found.kind != kind || found.end != end) {
            throw wrongKind(index, "the " + end.toString().toLowerCase(Locale.ROOT) + " end of a " + kind);
        }
        if (found.shared.type != type) {
            throw trap("handle index " + index + " is a " + kind + " of another type");
        }
        return found;
    }

    void dropEnd(int index, Kind kind, End end, ElementTypes.Key type) {
        end(index, kind, end, type).drop();
        free(index);
    }

    /** Removes a readable end, to give it away: what it shares with the other one. */
    Shared takeReadable(int index, Kind kind, ElementTypes.Key type) {
        CopyEnd end = end(index, kind, End.READABLE, type);
        end.checkTransfer();
        free(index);
        return end.shared;
    }

    ErrorContext errorContext(int index) {
        if (get(index) instanceof ErrorContextHandle(ErrorContext context)) {
            return context;
        }
        throw wrongKind(index, "an error context");
    }

    void dropErrorContext(int index) {
        errorContext(index);
        free(index);
    }

    private Trap wrongKind(int index, String wanted) {
        return trap("handle index " + index + " is not " + wanted + " but " + switch (elements[index]) {
            case ResourceHandle _ -> "a resource";
            case Subtask _ -> "a subtask";
            case CopyEnd other -> "the " + other.end.toString().toLowerCase(Locale.ROOT) + " end of a " + other.kind;
            case WaitableSet _ -> "a waitable set";
            case ErrorContextHandle _ -> "an error context";
        });
    }

    /** The handles, the newest index first. */
    Iterable<Handle> newestFirst() {
        return Arrays.stream(elements).filter(e -> e != null).toList().reversed();
    }

    private static String describe(ResourceType type) {
        return (type instanceof HostResourceType ? "host" : "guest") + "-defined resource";
    }

    private static Trap trap(String message) {
        return new Trap(Trap.Kind.CANONICAL_ABI, message);
    }
}
