package dev.virga.component.runtime;

import dev.virga.component.CallTrace;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls of a function of the host of which a trace is told. */
public record TracedCalls(String function, CallTrace trace, MethodHandle target) {

    private static final MethodHandle CALL;

    static {
        try {
            CALL = MethodHandles.lookup()
                    .findVirtual(TracedCalls.class, "call", MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The same item, of whose functions the trace is told. */
    public static Item of(String name, Item item, CallTrace trace) {
        return switch (item) {
            case Item.Host(HostFunction function) -> new Item.Host(function.traced(name, trace));
            case Item.Instance(Map<String, Item> exports) -> {
                Map<String, Item> traced = new LinkedHashMap<>();
                exports.forEach((export, each) -> traced.put(export, of(name + " " + export, each, trace)));
                yield new Item.Instance(traced);
            }
            default -> item;
        };
    }

    /** @param handle {@code (Object implementation, carriers of params) → carrier of the result}, as is the result */
    static MethodHandle handle(String function, CallTrace trace, MethodHandle handle) {
        int count = handle.type().parameterCount();
        MethodHandle generic =
                handle.asType(MethodType.genericMethodType(count)).asSpreader(Object[].class, count);
        return CALL.bindTo(new TracedCalls(function, trace, generic))
                .asCollector(Object[].class, count)
                .asType(handle.type());
    }

    private Object call(Object[] all) throws Throwable {
        Object[] arguments = Arrays.copyOfRange(all, 1, all.length);
        long begun = System.nanoTime();
        Object result;
        try {
            result = (Object) target.invokeExact(all);
        } catch (Throwable e) {
            trace.failed(function, arguments, e, System.nanoTime() - begun);
            throw e;
        }
        trace.returned(function, arguments, result, System.nanoTime() - begun);
        return result;
    }
}
