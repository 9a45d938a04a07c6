package dev.virga.component.runtime;

import dev.virga.component.abi.FlatCall;
import dev.virga.engine.FuncType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** {@code canon task.return} in one instance. */
record TaskReturn(GuestInstance instance, ElementTypes.Key result, Options options) {

    private static final MethodHandle CALL;

    static {
        try {
            CALL = MethodHandles.lookup()
                    .findVirtual(TaskReturn.class, "call", MethodType.methodType(long.class, long[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static Canon canon(int instance, FuncType type, ElementTypes.Key result, Options options) {
        return new Canon.Builtin(instance, type, root ->
                FlatCall.collect(type, CALL).bindTo(new TaskReturn(root.instance(instance), result, options)));
    }

    private long call(long[] flat) {
        instance.checkMayLeave();
        AsyncTask task = instance.thread().task.liftedAsync("task.return");
        if (task.context.resultType() != result) {
            throw Waitable.trap("invalid `task.return` signature: the result is of another type than the function's");
        }
        if (!task.context.sharesOptions(options)) {
            throw Waitable.trap("invalid `task.return` options: its memory or string encoding is not the function's");
        }
        task.returnFlat(flat);
        return 0;
    }
}
