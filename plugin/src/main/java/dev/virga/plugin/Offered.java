package dev.virga.plugin;

import dev.virga.wit.Interface;
import java.util.Map;

/**
 * An interface for guests to import.
 *
 * @param wit with its version; see {@link dev.virga.wasi.WasiWit#interfaces}
 * @param api the class or Java interface that {@link Binding#prepare} is asked for, as {@link
 *     dev.virga.component.HostInterface} says; one of its own for each interface
 * @param resources the Java classes of the resources that the interface defines
 */
public record Offered<I>(Interface wit, Class<I> api, Map<String, Class<?>> resources) {

    public Offered {
        resources = Map.copyOf(resources);
    }

    public Offered(Interface wit, Class<I> api) {
        this(wit, api, Map.of());
    }
}
