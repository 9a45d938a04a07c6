package dev.virga.engine;

import java.util.Optional;

/**
 * Compiles core WebAssembly modules. An engine is safe for use by many threads; compiled modules
 * are immutable and shared, everything mutable belongs to a {@link Store}.
 */
public interface Engine extends AutoCloseable {

    /** A short name for logs and flags: {@code portable} or {@code native}. */
    String name();

    /**
     * Decodes, validates and compiles a core module, or takes the result from the engine's cache.
     *
     * @throws ModuleException if the binary is malformed, invalid, or needs a feature that this
     *     engine lacks
     */
    CoreModule compile(ModuleBinary binary);

    /** As the other one; for modules that nobody has digested. */
    default CoreModule compile(byte[] binary) {
        return compile(new ModuleBinary(binary));
    }

    /** What {@link #compile} would make of a module, if it is in the engine's cache and nothing has to be compiled. */
    Optional<CoreModule> cached(ModuleBinary binary);

    /** Does beforehand what the first module that is compiled would wait for. */
    default void warmUp() {}

    /** Makes a store: the owner of everything that instances allocate. */
    Store newStore(Limiter limiter);

    @Override
    void close();
}
