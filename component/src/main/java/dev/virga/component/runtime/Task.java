package dev.virga.component.runtime;

/** A call that a component instance answers (CanonicalABI, "Tasks"). */
abstract sealed class Task permits SyncTask, AsyncTask {

    final GuestInstance instance;

    Task(GuestInstance instance) {
        this.instance = instance;
    }

    /** Whether this thread of it runs guest code only while no other such thread of the instance does. */
    abstract boolean needsExclusive(GuestThread thread);

    /** A thread that runs this when it is resumed; until then it is suspended. */
    abstract GuestThread newThread(Runnable body);

    /** {@code Task.deliver_pending_cancel}: whether the guest is to be told now that the task is cancelled. */
    abstract boolean deliverPendingCancel(boolean cancellable);

    /** The task as {@code task.return} and {@code task.cancel} need it: lifted with the option {@code async}. */
    abstract AsyncTask liftedAsync(String builtin);
}
