package dev.virga.engine;

/**
 * Owns all that a group of instances allocates, and the means to stop them. Closing a store frees
 * its memories; after that its instances must not be called.
 *
 * <p>A store is used by one thread at a time; {@link #interrupt} may come from any thread.
 */
public interface Store extends AutoCloseable {

    /** Creates a function for the host. Its handle is asked for at the first call, not before. */
    Extern.Func newFunc(FuncType type, java.util.function.Supplier<java.lang.invoke.MethodHandle> handle);

    /** Creates a memory owned by the host. */
    Extern.Memory newMemory(MemoryType type);

    /** Creates a table owned by the host, filled with null references. */
    Extern.Table newTable(TableType type);

    /** Creates a global owned by the host; {@code value} is boxed as {@link ValType} says. */
    Extern.Global newGlobal(GlobalType type, Object value);

    /** Creates an exception tag owned by the host. */
    Extern.Tag newTag(FuncType type);

    /**
     * Stops the guest: compiled loops and blocking host calls of this store end with a
     * {@link Trap} of kind {@link Trap.Kind#INTERRUPTED} soon after, and so does every later call.
     *
     * @param reason ends the trap's message, for example {@code deadline of 30 s passed}
     */
    void interrupt(String reason);

    /** Frees all memory of this store. Idempotent. */
    @Override
    void close();
}
