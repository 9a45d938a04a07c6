package dev.virga.component;

import dev.virga.component.runtime.Export;
import dev.virga.component.runtime.Item;
import dev.virga.component.runtime.Plan;
import dev.virga.component.type.FunctionType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.List;

/** A function that a component exports, callable on every instance of its prepared component. */
public final class ExportedFunction {

    private static final MethodHandle ROOT;

    static {
        try {
            ROOT = MethodHandles.lookup()
                    .findVirtual(
                            ComponentInstance.class,
                            "root",
                            MethodType.methodType(dev.virga.component.runtime.Root.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Export export;

    ExportedFunction(Plan plan, Item.Func function) {
        this.export = new Export(plan, function);
    }

    public FunctionType type() {
        return export.type();
    }

    /**
     * Calls the function. Values are as {@link HostInterface} says; without a Java class of their
     * own a record is a {@link RecordValue}, a tuple a {@link Tuple}, a variant a {@link
     * VariantValue}, an enum its label, flags a Set of labels.
     *
     * @return the result, or null where the function has none
     * @throws dev.virga.engine.Trap if the guest traps; the instance cannot be used afterwards
     */
    public Object call(ComponentInstance instance, Object... arguments) {
        return export.call(instance.root(), arguments);
    }

    /**
     * A handle of type {@code (ComponentInstance, parameters) → result} for frequent calls: no value
     * is boxed. It throws what {@link #call} throws.
     *
     * @param result the Java type of the result, {@code void.class} where there is none, as {@link
     *     HostInterface} says, generics included
     * @param parameters the Java types of the parameters
     * @throws IllegalArgumentException saying which type does not fit
     */
    public MethodHandle handle(Type result, List<Type> parameters) {
        return MethodHandles.filterArguments(export.handle(result, parameters), 0, ROOT);
    }
}
