package dev.virga.component.runtime;

import dev.virga.component.abi.ValueTuple;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** An asynchronous function as an instance imports it ({@code canon_lower}). */
final class AsyncLowering {

    /** {@code (AsyncLowering, long[] core params) → long core result} */
    static final MethodHandle CALL;

    static {
        try {
            CALL = MethodHandles.lookup()
                    .findVirtual(AsyncLowering.class, "call", MethodType.methodType(long.class, long[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LowerContext context;
    private final Canon.Lower definition;
    private final Values values;
    private final int maxFlatParams;

    AsyncLowering(LowerContext context, Canon.Lower definition) {
        this.context = context;
        this.definition = definition;
        this.values = switch (definition.target()) {
            case Item.Host(HostFunction function) -> function.values();
            case Item.Lifted lifted -> context.root.plan.lifts().get(lifted.index()).passing();
        };
        this.maxFlatParams =
                definition.options().async() ? ValueTuple.MAX_FLAT_ASYNC_PARAMS : ValueTuple.MAX_FLAT_PARAMS;
    }

    private long call(long[] flat) {
        GuestInstance instance = context.instance;
        instance.checkMayLeave();
        GuestThread thread = context.root.loop().current();
        Subtask subtask = new Subtask(this, flat);
        boolean async = definition.options().async();
        if (!async) {
            thread.checkMayBlock();
        }
        switch (definition.target()) {
            case Item.Host(HostFunction function) -> {
                boolean mayWait = async || thread.task instanceof AsyncTask;
                new HostCall(context, function, subtask).begin(mayWait);
            }
            case Item.Lifted _ -> subtask.cancelledBy(AsyncTask.call(context.callee(), subtask, values));
        }
        if (async) {
            return subtask.status(instance.handles);
        }
        if (!subtask.isResolved()) {
            subtask.waitUntil(thread, subtask::isResolved);
        }
        return subtask.deliverResult();
    }

    Object[] liftParams(long[] flat, BorrowScope lenders) {
        return context.scoped(lenders, () -> values.params().lift(context, maxFlatParams, flat));
    }

    /** The core result; a result that does not fit there goes where the caller's last parameter points. */
    long lowerResult(long[] flat, Object[] result) {
        if (result.length == 0) {
            return 0;
        }
        if (!definition.options().async() && values.result().fits(ValueTuple.MAX_FLAT_RESULTS)) {
            return values.result().lower(context, ValueTuple.MAX_FLAT_RESULTS, result)[0];
        }
        values.result().store(context, result, (int) flat[values.params().flatCount(maxFlatParams)]);
        return 0;
    }
}
