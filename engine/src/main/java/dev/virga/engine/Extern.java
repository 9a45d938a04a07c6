package dev.virga.engine;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** What a core module imports or exports. */
public sealed interface Extern {

    /** A function: of a guest or of the host. */
    non-sealed interface Func extends Extern {
        FuncType type();

        /**
         * Calls the function; its type is {@link FuncType#methodType()}. For a guest's function it
         * throws {@link Trap}, {@link GuestException}, or whatever unchecked exception a host
         * function threw, unchanged.
         */
        MethodHandle handle();
    }

    /** A linear memory. */
    non-sealed interface Memory extends Extern {
        MemoryType type();

        /**
         * The memory's bytes at its current size. A call into the guest may grow the memory, so ask
         * again after each; the old segment stays readable until the store is closed but may be
         * stale.
         */
        MemorySegment segment();

        /**
         * Grows by {@code pages} of 64 KiB.
         *
         * @return the size before in pages, or −1 where the type's maximum or the limiter refuses
         */
        long grow(long pages);
    }

    /** A table of references. */
    non-sealed interface Table extends Extern {
        TableType type();

        long size();

        /** The element, or null for the null reference. */
        Object get(long index);

        void set(long index, Object value);

        /** The size before in elements, or −1 where the type's maximum or the limiter refuses. */
        long grow(long elements, Object value);
    }

    /** A global variable; values are boxed as {@link ValType} says. */
    non-sealed interface Global extends Extern {
        GlobalType type();

        Object get();

        /** @throws IllegalStateException if the global is immutable */
        void set(Object value);
    }

    /** An exception tag. */
    non-sealed interface Tag extends Extern {
        FuncType type();
    }
}
