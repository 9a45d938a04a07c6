package dev.virga.component.runtime;

/** A task whose caller waits below it on the stack: of a function that is not asynchronous, or of the ABI's own calls. */
final class SyncTask extends Task {

    SyncTask(GuestInstance instance) {
        super(instance);
    }

    @Override
    boolean needsExclusive(GuestThread thread) {
        return false;
    }

    @Override
    GuestThread newThread(Runnable body) {
        GuestThread[] made = new GuestThread[1];
        made[0] = new GuestThread(this, _ -> {
            body.run();
            made[0].unregister();
            instance.root.loop().removeTask();
        });
        instance.root.loop().addTask();
        made[0].register();
        made[0].startSuspended();
        return made[0];
    }

    @Override
    boolean deliverPendingCancel(boolean cancellable) {
        return false;
    }

    @Override
    AsyncTask liftedAsync(String builtin) {
        throw Waitable.trap("`" + builtin + "` called in a task whose function was not lifted with `async`");
    }
}
