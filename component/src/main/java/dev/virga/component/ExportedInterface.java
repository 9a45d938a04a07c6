package dev.virga.component;

import dev.virga.component.runtime.ExportBinding;
import dev.virga.component.runtime.Item;
import dev.virga.component.runtime.Plan;
import java.lang.invoke.MethodHandle;
import java.util.Map;

/** Exported functions as a Java interface, callable on every instance of their prepared component. */
public final class ExportedInterface<I> {

    private final Plan plan;
    private final Class<I> api;
    private final MethodHandle constructor;

    ExportedInterface(Plan plan, Map<String, Item> exports, Class<I> api) {
        if (!api.isInterface() || api.isSealed()) {
            throw new IllegalArgumentException(api.getName() + " must be an interface that is not sealed");
        }
        this.plan = plan;
        this.api = api;
        this.constructor = ExportBinding.bind(plan, exports, api);
    }

    /**
     * The interface of one instance. Its methods throw what {@link ExportedFunction#call} throws.
     *
     * @throws IllegalArgumentException if the instance is of another prepared component
     */
    public I of(ComponentInstance instance) {
        instance.root().checkMadeBy(plan);
        try {
            return api.cast((Object) constructor.invokeExact((Object) instance.root(), (Object) null));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("generated class for " + api.getName(), e);
        }
    }
}
