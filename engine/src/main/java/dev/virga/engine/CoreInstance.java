package dev.virga.engine;

/** An instance of a core module. It lives as long as its {@link Store}. */
public interface CoreInstance {

    /**
     * The export at this position in {@link ModuleType#exports()}. Positions are looked up by name
     * once, when a component is prepared.
     */
    Extern export(int index);
}
