package dev.virga.component;

import dev.virga.engine.Limiter;
import java.util.Optional;

/** A component with its imports resolved: ready to be instantiated many times. */
public final class PreparedComponent<T> {

    /**
     * Makes an instance, with a store of its own.
     *
     * @throws dev.virga.engine.Trap if the guest traps while it starts
     */
    public ComponentInstance instantiate(T data, Limiter limiter) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * An exported function, found once and callable on every instance.
     *
     * @param path names from the outside in: {@code ("run")} or {@code ("wasi:cli/run@0.2.0", "run")};
     *     versions match by semver
     */
    public Optional<ExportedFunction> function(String... path) {
        throw new UnsupportedOperationException("skeleton");
    }
}
