package dev.virga.component;

import dev.virga.component.runtime.HostResourceType;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ResourceType;
import dev.virga.engine.CoreModule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Something that a {@link Linker} offers under a name without WIT: values are on the dynamic mapping
 * of {@link ExportedFunction#call}. What is known as WIT is better offered as a {@link
 * HostInterface}, which is checked and faster.
 */
public sealed interface Offer {

    /** @param body takes the arguments and gives the result, null where the type has none */
    record Func(FunctionType type, Function<Object[], Object> body) implements Offer {}

    /**
     * A function of an instance's data.
     *
     * @param target gives, from the host's data of the component that calls, what its calls go to: asked once for each
     *     instance. An export that is this function itself cannot be called by the host
     */
    record InstanceFunc(FunctionType type, Function<Object, Function<Object[], Object>> target) implements Offer {}

    record Module(CoreModule module) implements Offer {}

    record Resource(ResourceType type) implements Offer {

        /** A new resource type: its resources are objects of this Java class, closed when dropped if they can be. */
        public static Resource of(String name, Class<?> javaClass) {
            return new Resource(new HostResourceType(name, javaClass));
        }
    }

    record Instance(Map<String, Offer> exports) implements Offer {
        public Instance {
            exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        }
    }

    /** A component, for one that instantiates it itself. */
    record Subcomponent(Component component) implements Offer {}
}
