package dev.virga.component;

import dev.virga.engine.CoreModule;

/**
 * What a host offers to components. Imports are matched by name, and interfaces with versions by
 * semver: an import of {@code wasi:io/poll@0.2.0} is met by an offer of {@code 0.2.12} and the
 * other way round (Explainer, "Canonical Interface Name").
 *
 * @param <T> the host's data of one instance; host functions get at it
 */
public final class Linker<T> {

    /** Offers a WIT interface that Java code implements. */
    public Linker<T> define(HostInterface<T> offered) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Offers a core module under a name. */
    public Linker<T> define(String name, CoreModule module) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Offers the exports of an instance under a name. */
    public Linker<T> define(String name, ComponentInstance instance) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Resolves and type-checks every import and computes how to instantiate.
     *
     * @throws ComponentException.Link listing every import that is unmet, with what would meet it
     */
    public PreparedComponent<T> prepare(Component component) {
        throw new UnsupportedOperationException("skeleton");
    }
}
