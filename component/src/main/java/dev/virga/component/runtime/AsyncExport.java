package dev.virga.component.runtime;

import dev.virga.component.abi.Codec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An exported asynchronous function as the host calls it: the calling thread runs the instance until it has the result. */
record AsyncExport(int lift, Values values) {

    private static final MethodHandle CALL;

    static {
        try {
            CALL = MethodHandles.lookup()
                    .findVirtual(
                            AsyncExport.class, "call", MethodType.methodType(Object.class, Root.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** {@code (Root, carriers of params) → carrier of the result} */
    static MethodHandle handle(int lift, List<Codec> params, Optional<Codec> result) {
        List<Class<?>> carriers = new ArrayList<>(List.of(Root.class));
        params.forEach(codec -> carriers.add(codec.carrier()));
        return CALL.bindTo(new AsyncExport(lift, Values.of(params, result)))
                .asCollector(Object[].class, params.size())
                .asType(MethodType.methodType(result.<Class<?>>map(Codec::carrier).orElse(void.class), carriers));
    }

    private Object call(Root root, Object[] arguments) {
        HostCaller caller = new HostCaller(root, arguments);
        Cancellation callee = AsyncTask.call(root.calledByHost(lift), caller, values);
        boolean interrupted =
                root.loop().runUntil(caller::isResolved, Deadline.NEVER, () -> callee.request(Optional.empty()));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return caller.result();
    }
}
