package dev.virga.component.runtime;

import dev.virga.engine.FuncType;
import dev.virga.engine.ValType.Num;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** The canonical built-ins on tasks, subtasks, context and backpressure. */
final class TaskBuiltins {

    /** {@code backpressure} stays below this. */
    private static final int MAX_BACKPRESSURE = 1 << 16;

    private static final BuiltinHandles HANDLES = new BuiltinHandles(MethodHandles.lookup());

    private TaskBuiltins() {}

    static Canon contextGet(int instance, boolean wide, int slot) {
        FuncType type = new FuncType(List.of(), List.of(wide ? Num.I64 : Num.I32));
        return HANDLES.canon(instance, type, wide ? "contextGet64" : "contextGet32", slot);
    }

    static Canon contextSet(int instance, boolean wide, int slot) {
        FuncType type = new FuncType(List.of(wide ? Num.I64 : Num.I32), List.of());
        return HANDLES.canon(instance, type, "contextSet", slot);
    }

    static Canon backpressure(int instance, boolean increase) {
        return HANDLES.canon(instance, BuiltinHandles.NOTHING, "backpressure", increase ? 1 : -1);
    }

    static Canon taskCancel(int instance) {
        return HANDLES.canon(instance, BuiltinHandles.NOTHING, "taskCancel");
    }

    static Canon subtaskCancel(int instance, boolean async) {
        return HANDLES.canon(instance, Canon.ONE_TO_ONE, "subtaskCancel", async);
    }

    static Canon subtaskDrop(int instance) {
        return HANDLES.canon(instance, Canon.ONE_TO_NONE, "subtaskDrop");
    }

    private static int contextGet32(GuestInstance instance, int slot) {
        return (int) instance.thread().storage[slot];
    }

    private static long contextGet64(GuestInstance instance, int slot) {
        return instance.thread().storage[slot];
    }

    private static void contextSet(GuestInstance instance, int slot, int value) {
        instance.thread().storage[slot] = value;
    }

    private static void contextSet(GuestInstance instance, int slot, long value) {
        instance.thread().storage[slot] = value;
    }

    private static void backpressure(GuestInstance instance, int change) {
        instance.backpressure += change;
        if (instance.backpressure < 0 || instance.backpressure == MAX_BACKPRESSURE) {
            throw Waitable.trap("backpressure counter " + (change < 0 ? "underflow" : "overflow"));
        }
        instance.rooms().wake();
    }

    private static void taskCancel(GuestInstance instance) {
        instance.checkMayLeave();
        instance.thread().task.liftedAsync("task.cancel").cancel();
    }

    private static int subtaskCancel(GuestInstance instance, boolean async, int index) {
        instance.checkMayLeave();
        return instance.handles.subtask(index).cancel(instance.thread(), async);
    }

    private static void subtaskDrop(GuestInstance instance, int index) {
        instance.checkMayLeave();
        instance.handles.dropSubtask(index);
    }
}
