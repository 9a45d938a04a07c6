package dev.virga.component.runtime;

import dev.virga.component.abi.ValueTuple;
import java.util.Optional;

/** What the thread of an asynchronous function's task does, step by step ({@code thread_func} of {@code canon_lift}). */
final class TaskBody {

    private static final int CODE_MASK = 0xF;

    /** {@code CallbackCode} */
    private static final int EXIT = 0;

    private static final int YIELD = 1;
    private static final int WAIT = 2;

    private final AsyncTask task;
    private final Values values;
    private final LiftContext context;
    private final GuestInstance instance;

    TaskBody(AsyncTask task, Values values) {
        this.task = task;
        this.values = values;
        this.context = task.context;
        this.instance = task.instance;
    }

    /** {@code Task.enter_implicit_thread} */
    void enter(boolean cancelled) {
        if (task.needsExclusive() && instance.waitingToEnter == 0) {
            // whoever is about to make room goes on first, as if it had been given its turn before the call
            instance.exclusive().filter(GuestThread::isReady).ifPresent(holder -> holder.resume(false));
        }
        Room room = task.needsExclusive() ? instance.rooms().beginExclusive : instance.rooms().begin;
        if (!room.isFree().getAsBoolean() || instance.waitingToEnter > 0) {
            instance.waitingToEnter++;
            task.thread().waitUntil(Awaited.of(room), this::admitted);
        } else {
            run();
        }
    }

    private void admitted(boolean cancelled) {
        instance.waitingToEnter--;
        if (cancelled) {
            task.cancelBeforeStart();
        } else {
            run();
        }
    }

    private void run() {
        task.entered();
        Object[] arguments = task.start();
        long[] flat = context.scoped(
                task.scope, () -> values.params().lower(context, ValueTuple.MAX_FLAT_PARAMS, arguments));
        long result = context.callCore(flat);
        if (!context.options.async()) {
            returned(result);
        } else if (context.options.callback().isPresent()) {
            next((int) result);
        } else {
            task.exited();
        }
    }

    /** The end of a function that was lifted without {@code async}. */
    private void returned(long flatResult) {
        task.returnResult(values.result().lift(context, ValueTuple.MAX_FLAT_RESULTS, new long[] {flatResult}));
        context.callPostReturn(flatResult);
        task.exited();
    }

    /** Does what the guest asked for when it gave back control. */
    private void next(int packed) {
        int code = packed & CODE_MASK;
        switch (code) {
            case EXIT -> task.exited();
            case YIELD -> {
                instance.release();
                task.thread().waitUntil(Awaited.of(instance.rooms().goOn), this::yielded);
            }
            case WAIT -> {
                instance.release();
                WaitableSet set = instance.handles.waitableSet(packed >>> 4);
                set.waitBegins();
                task.thread()
                        .waitUntil(
                                set.event(Optional.of(instance.rooms().goOn)),
                                cancelled -> call(set.waitEnds(cancelled)));
            }
            default -> throw Waitable.trap("unsupported callback code: " + code);
        }
    }

    private void yielded(boolean cancelled) {
        call(cancelled ? Event.TASK_CANCELLED : Event.NONE);
    }

    private void call(Event event) {
        instance.claim(task.thread());
        next(context.callCallback(event));
    }
}
