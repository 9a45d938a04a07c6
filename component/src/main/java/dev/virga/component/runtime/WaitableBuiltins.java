package dev.virga.component.runtime;

import dev.virga.component.abi.Codec;
import dev.virga.component.abi.ValueTuple;
import dev.virga.component.type.ValueType.Primitive;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;

/** The canonical built-ins on waitables and their sets. */
final class WaitableBuiltins {

    private static final BuiltinHandles HANDLES = new BuiltinHandles(MethodHandles.lookup());

    /** What of an event goes to memory. */
    private static final ValueTuple PAYLOAD =
            new ValueTuple(List.of(Codec.of(Primitive.U32, int.class), Codec.of(Primitive.U32, int.class)));

    private WaitableBuiltins() {}

    static Canon setNew(int instance) {
        return HANDLES.canon(instance, BuiltinHandles.TO_ONE, "setNew");
    }

    static Canon setWait(int instance, boolean cancellable, Options memory) {
        return HANDLES.canon(instance, memory, BuiltinHandles.TWO_TO_ONE, "setWait", cancellable);
    }

    static Canon setPoll(int instance, boolean cancellable, Options memory) {
        return HANDLES.canon(instance, memory, BuiltinHandles.TWO_TO_ONE, "setPoll", cancellable);
    }

    static Canon setDrop(int instance) {
        return HANDLES.canon(instance, Canon.ONE_TO_NONE, "setDrop");
    }

    static Canon join(int instance) {
        return HANDLES.canon(instance, BuiltinHandles.TWO_TO_NONE, "join");
    }

    private static int setNew(GuestInstance instance) {
        instance.checkMayLeave();
        return instance.handles.add(new WaitableSet());
    }

    private static int setWait(BuiltinContext context, boolean cancellable, int index, int pointer) {
        GuestInstance instance = context.instance;
        instance.checkMayLeave();
        WaitableSet set = instance.handles.waitableSet(index);
        set.waitBegins();
        boolean cancelled = instance.thread().waitUntil(set.event(Optional.empty()), cancellable);
        return store(context, pointer, set.waitEnds(cancelled));
    }

    private static int setPoll(BuiltinContext context, boolean cancellable, int index, int pointer) {
        GuestInstance instance = context.instance;
        instance.checkMayLeave();
        WaitableSet set = instance.handles.waitableSet(index);
        return store(context, pointer, set.poll(instance.thread().task, cancellable));
    }

    /** {@code unpack_event} */
    private static int store(BuiltinContext context, int pointer, Event event) {
        PAYLOAD.store(context, new Object[] {event.first(), event.second()}, pointer);
        return event.code();
    }

    private static void setDrop(GuestInstance instance, int index) {
        instance.checkMayLeave();
        instance.handles.dropWaitableSet(index);
    }

    private static void join(GuestInstance instance, int waitable, int set) {
        instance.checkMayLeave();
        Waitable joined = instance.handles.waitable(waitable);
        joined.checkMayJoin();
        joined.join(set == 0 ? Optional.empty() : Optional.of(instance.handles.waitableSet(set)));
    }
}
