package dev.virga.component;

import dev.virga.engine.Engine;
import dev.virga.engine.ModuleException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Loads components on a preferred engine, or on another one where that lacks a feature. The core modules of
 * a component share a store, so it is one engine for all of them. Safe for use by many threads.
 */
public final class ComponentLoader implements AutoCloseable {

    /** Smaller components, in bytes, are compiled at once: it takes a second at most, and is done once. */
    private static final int WORTH_TWO_ENGINES = 1 << 20;

    /**
     * A component that can be used.
     *
     * @param cached whether all of its code was in the engine's cache
     * @param lack what the preferred engine lacks and the component needs, if it is on the other one for that
     * @param better the component on the preferred engine, once that has compiled it; fails as {@link #load} does
     */
    public record Loaded(
            Component component,
            boolean cached,
            Optional<String> lack,
            Optional<CompletableFuture<Component>> better) {

        private static Loaded of(Component component, boolean cached) {
            return new Loaded(component, cached, Optional.empty(), Optional.empty());
        }
    }

    private final Engine preferred;
    private final Optional<Engine> other;
    /** One at a time: a compiler may use all processors. */
    private final ExecutorService compiler =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("compile").factory());

    /** @param engine closed with this */
    public ComponentLoader(Engine engine) {
        this.preferred = engine;
        this.other = Optional.empty();
    }

    /**
     * @param preferred closed with this
     * @param other runs what the preferred engine lacks; closed with this
     */
    public ComponentLoader(Engine preferred, Engine other) {
        this.preferred = preferred;
        this.other = Optional.of(other);
    }

    /**
     * Loads a component and waits until it is compiled.
     *
     * @throws ComponentException if it is malformed, invalid or needs a missing feature
     * @throws ModuleException if a core module in it is
     */
    public Loaded load(byte[] binary) {
        CheckedComponent checked = CheckedComponent.of(binary);
        return Component.cached(preferred, checked)
                .map(component -> Loaded.of(component, true))
                .orElseGet(() -> compile(checked));
    }

    /**
     * As {@link #load}, but does not wait for the preferred engine's compiler if the other engine has the
     * code of a large component in its cache: then the component is on that one, and there is a better one to
     * come. Instances of both can be used side by side.
     */
    public Loaded loadSoon(byte[] binary) {
        CheckedComponent checked = CheckedComponent.of(binary);
        Optional<Component> best = Component.cached(preferred, checked);
        if (best.isPresent()) {
            return Loaded.of(best.get(), true);
        }
        return other.filter(_ -> binary.length >= WORTH_TWO_ENGINES)
                .flatMap(engine -> Component.cached(engine, checked))
                .map(component -> new Loaded(component, true, Optional.empty(), Optional.of(inBackground(checked))))
                .orElseGet(() -> compile(checked));
    }

    /** Gets ready for components that are not in the cache, in the background. */
    public void warmUp() {
        compiler.execute(preferred::warmUp);
    }

    private CompletableFuture<Component> inBackground(CheckedComponent checked) {
        return CompletableFuture.supplyAsync(() -> Component.load(preferred, checked), compiler);
    }

    private Loaded compile(CheckedComponent checked) {
        try {
            return Loaded.of(Component.load(preferred, checked), false);
        } catch (ModuleException.Unsupported e) {
            return onOther(checked, lack(preferred, e), other.orElseThrow(() -> e));
        }
    }

    private static Loaded onOther(CheckedComponent checked, String lack, Engine engine) {
        try {
            Optional<Component> cached = Component.cached(engine, checked);
            Component component = cached.orElseGet(() -> Component.load(engine, checked));
            return new Loaded(component, cached.isPresent(), Optional.of(lack), Optional.empty());
        } catch (ModuleException.Unsupported e) {
            throw new ModuleException.Unsupported(lack + "; " + lack(engine, e));
        }
    }

    private static String lack(Engine engine, ModuleException.Unsupported e) {
        return engine.name() + " lacks: " + e.getMessage();
    }

    /** Stops what is compiled in the background and closes the engines. */
    @Override
    public void close() {
        compiler.shutdownNow();
        compiler.close();
        other.ifPresent(Engine::close);
        preferred.close();
    }
}
