package dev.virga.component;

import dev.virga.component.type.FunctionType;

/** A function that a component exports, callable on every instance of its prepared component. */
public final class ExportedFunction {

    public FunctionType type() {
        throw new UnsupportedOperationException("skeleton");
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
        throw new UnsupportedOperationException("skeleton");
    }
}
