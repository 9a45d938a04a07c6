package dev.virga.component.runtime;

import dev.virga.component.abi.ValueTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A call of an asynchronous function: may go on while its caller does. */
final class AsyncTask extends Task implements Cancellation {

    private enum State {
        INITIAL,
        STARTED,
        PENDING_CANCEL,
        CANCEL_DELIVERED,
        RESOLVED
    }

    final LiftContext context;
    final BorrowScope scope = new BorrowScope(null);
    private final Call call;
    private final Values values;
    private final GuestThread thread;
    private final List<GuestThread> threads = new ArrayList<>(1);
    private State state = State.INITIAL;

    private AsyncTask(LiftContext context, Call call, Values values) {
        super(context.instance);
        this.context = context;
        this.call = call;
        this.values = values;
        TaskBody body = new TaskBody(this, values);
        this.thread = new GuestThread(this, body::enter);
    }

    /**
     * Calls an asynchronous function ({@code Store.lift}, {@code canon_lift}).
     *
     * @param values how its values pass to and from this caller
     */
    static Cancellation call(LiftContext context, Call call, Values values) {
        Root root = context.root;
        context.enterInstances();
        root.loop().addTask();
        AsyncTask task = new AsyncTask(context, call, values);
        task.thread.resume(false);
        root.leave(context.entered);
        return task;
    }

    GuestThread thread() {
        return thread;
    }

    /** Whether only one such task of the instance may run guest code at a time. */
    boolean needsExclusive() {
        return !context.options.async() || context.options.callback().isPresent();
    }

    @Override
    boolean needsExclusive(GuestThread one) {
        return one == thread && needsExclusive();
    }

    /** It got past backpressure ({@code enter_implicit_thread}). */
    void entered() {
        if (needsExclusive()) {
            instance.claim(thread);
        }
        register(thread);
    }

    private void register(GuestThread added) {
        threads.add(added);
        added.register();
    }

    private void unregister(GuestThread ended) {
        threads.remove(ended);
        ended.unregister();
        if (threads.isEmpty()) {
            if (state != State.RESOLVED) {
                throw Waitable.trap("the task ended without `task.return` or `task.cancel`");
            }
            instance.root.loop().removeTask();
        }
    }

    /** {@code exit_implicit_thread} */
    void exited() {
        unregister(thread);
        if (needsExclusive()) {
            instance.release();
        }
    }

    @Override
    GuestThread newThread(Runnable body) {
        GuestThread[] made = new GuestThread[1];
        Quota quota = instance.root.quota();
        made[0] = new GuestThread(this, _ -> {
            body.run();
            quota.removeTask();
            unregister(made[0]);
        });
        quota.addTask();
        register(made[0]);
        made[0].startSuspended();
        return made[0];
    }

    /** {@code Task.start} */
    Object[] start() {
        state = State.STARTED;
        return call.start();
    }

    /** {@code canon task.return} with these core values. */
    void returnFlat(long[] flat) {
        checkResolvable("task.return");
        returnResult(values.result().lift(context, ValueTuple.MAX_FLAT_PARAMS, flat));
    }

    /** {@code Task.return_} */
    void returnResult(Object[] result) {
        checkResolvable("task.return");
        resolve();
        call.returned(result);
    }

    /** {@code Task.cancel} */
    void cancel() {
        if (state != State.CANCEL_DELIVERED) {
            throw Waitable.trap(
                    state == State.RESOLVED
                            ? "`task.cancel` called for a task that was resolved before"
                            : "`task.cancel` called by a task that was not cancelled");
        }
        checkResolvable("task.cancel");
        resolve();
        call.cancelled();
    }

    /** It was cancelled while backpressure held it back. */
    void cancelBeforeStart() {
        cancel();
        instance.root.loop().removeTask();
    }

    private void checkResolvable(String builtin) {
        if (state == State.RESOLVED) {
            throw Waitable.trap("`" + builtin + "` called for a task that was resolved before");
        }
        if (scope.borrows > 0) {
            throw Waitable.trap("borrow handles still remain at the end of the call");
        }
    }

    private void resolve() {
        state = State.RESOLVED;
        scope.end();
    }

    /** {@code Task.request_cancellation} */
    @Override
    public void request(Optional<GuestInstance> caller) {
        if (state == State.INITIAL) {
            state = State.CANCEL_DELIVERED;
            thread.resume(true);
            return;
        }
        if (state != State.STARTED) {
            return;
        }
        GuestInstance[] entered = instance.root.entered(instance, caller);
        Optional<GuestThread> told = cancellable();
        if (told.isPresent() && instance.root.mayEnter(entered)) {
            state = State.CANCEL_DELIVERED;
            instance.root.enter(entered);
            told.get().resume(true);
            instance.root.leave(entered);
        } else {
            state = State.PENDING_CANCEL;
        }
    }

    /** The thread to tell, if one waits that wants to know. */
    private Optional<GuestThread> cancellable() {
        boolean othersTurn = needsExclusive() && instance.exclusive().filter(t -> t != thread).isPresent();
        return threads.stream()
                .filter(GuestThread::isCancellable)
                .filter(t -> t != thread || !othersTurn)
                .findFirst();
    }

    @Override
    boolean deliverPendingCancel(boolean cancellable) {
        if (cancellable && state == State.PENDING_CANCEL) {
            state = State.CANCEL_DELIVERED;
            return true;
        }
        return false;
    }

    @Override
    AsyncTask liftedAsync(String builtin) {
        if (!context.options.async()) {
            throw Waitable.trap("`" + builtin + "` called in a task whose function was not lifted with `async`");
        }
        return this;
    }
}
