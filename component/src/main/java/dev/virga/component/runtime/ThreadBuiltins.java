package dev.virga.component.runtime;

import dev.virga.component.binary.AsyncCanon.Switch;
import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.ValType.Num;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;

/** The canonical built-ins on threads. */
final class ThreadBuiltins {

    private static final BuiltinHandles HANDLES = new BuiltinHandles(MethodHandles.lookup());
    private static final FuncType NARROW = new FuncType(List.of(Num.I32), List.of());

    private ThreadBuiltins() {}

    static Canon index(int instance) {
        return HANDLES.canon(instance, BuiltinHandles.TO_ONE, "index");
    }

    /** @param function the type of the thread's function, whose parameter is an {@code i32} or {@code i64} */
    static Canon newIndirect(int instance, FuncType function, boolean wideTable, Item.Core table) {
        Num index = wideTable ? Num.I64 : Num.I32;
        FuncType type = new FuncType(List.of(index, function.params().getFirst()), List.of(Num.I32));
        return HANDLES.canon(instance, type, "newIndirect", function, new Table(table));
    }

    static Canon resumeLater(int instance) {
        return HANDLES.canon(instance, Canon.ONE_TO_NONE, "resumeLater");
    }

    static Canon change(int instance, Switch how, boolean cancellable) {
        return switch (how) {
            case YIELD -> HANDLES.canon(instance, BuiltinHandles.TO_ONE, "yield", cancellable);
            case SUSPEND -> HANDLES.canon(instance, BuiltinHandles.TO_ONE, "suspend", cancellable);
            default -> HANDLES.canon(instance, Canon.ONE_TO_ONE, "change", how, cancellable);
        };
    }

    /** Where an instance finds a table. */
    private record Table(Item.Core item) {}

    private static int index(GuestInstance instance) {
        instance.checkMayLeave();
        return instance.thread().index();
    }

    private static int newIndirect(GuestInstance instance, FuncType type, Table table, int index, int argument) {
        return create(instance, type, table, Integer.toUnsignedLong(index), argument);
    }

    private static int newIndirect(GuestInstance instance, FuncType type, Table table, long index, int argument) {
        return create(instance, type, table, index, argument);
    }

    private static int newIndirect(GuestInstance instance, FuncType type, Table table, int index, long argument) {
        return create(instance, type, table, Integer.toUnsignedLong(index), argument);
    }

    private static int newIndirect(GuestInstance instance, FuncType type, Table table, long index, long argument) {
        return create(instance, type, table, index, argument);
    }

    private static int create(GuestInstance instance, FuncType type, Table table, long index, long argument) {
        instance.checkMayLeave();
        Extern.Table elements = instance.root.table(table.item());
        if (index < 0 || index >= elements.size()) {
            throw Waitable.trap("thread start function: index " + Long.toUnsignedString(index)
                    + " is outside of a table of " + elements.size());
        }
        if (!(elements.get(index) instanceof Extern.Func function)) {
            throw Waitable.trap("thread start function: the table holds no function at " + index);
        }
        if (!function.type().equals(type)) {
            throw Waitable.trap("thread start function does not match expected type: it is " + function.type());
        }
        return instance.thread().task.newThread(() -> start(function.handle(), type, argument)).index();
    }

    private static void start(MethodHandle function, FuncType type, long argument) {
        try {
            if (type.equals(NARROW)) {
                function.invokeExact((int) argument);
            } else {
                function.invokeExact(argument);
            }
        } catch (dev.virga.engine.GuestException e) {
            throw Calls.uncaught(e);
        } catch (Throwable e) {
            throw Calls.<RuntimeException>sneak(e);
        }
    }

    private static void resumeLater(GuestInstance instance, int index) {
        instance.checkMayLeave();
        suspended(instance, index).resumeLater();
    }

    private static GuestThread suspended(GuestInstance instance, int index) {
        GuestThread thread = instance.threads().get(index);
        if (!thread.isSuspended()) {
            throw Waitable.trap("cannot resume thread " + index + " which is not suspended");
        }
        return thread;
    }

    private static int yield(GuestInstance instance, boolean cancellable) {
        instance.checkMayLeave();
        return code(instance.thread().yield(cancellable));
    }

    private static int suspend(GuestInstance instance, boolean cancellable) {
        instance.checkMayLeave();
        return code(instance.thread().suspend(cancellable, Optional.empty()));
    }

    private static int change(GuestInstance instance, Switch how, boolean cancellable, int index) {
        instance.checkMayLeave();
        GuestThread thread = instance.thread();
        if (thread.task.deliverPendingCancel(cancellable)) {
            return code(true);
        }
        return code(switch (how) {
            case SUSPEND_THEN_RESUME -> thread.suspend(cancellable, Optional.of(suspended(instance, index)));
            case YIELD_THEN_RESUME -> thread.yield(cancellable, suspended(instance, index));
            case SUSPEND_THEN_PROMOTE ->
                thread.suspend(cancellable, Optional.of(instance.threads().get(index)).filter(GuestThread::isReady));
            case YIELD_THEN_PROMOTE -> {
                GuestThread other = instance.threads().get(index);
                yield other.isReady()
                        ? thread.yield(cancellable, other)
                        : thread.yield(cancellable);
            }
            case YIELD, SUSPEND -> throw new IllegalArgumentException(how + " names no thread");
        });
    }

    private static int code(boolean cancelled) {
        return cancelled ? 1 : 0;
    }
}
