package dev.virga.ingress;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.TryExecutor;

/**
 * Where the server's own work runs. A connection whose request has ended goes on at once, in the thread that ended it:
 * to read what came and to start the next request never blocks, and to wake a thread for it would take a processor from
 * a guest at each request.
 */
record ConnectionThreads(TryExecutor threads) implements TryExecutor {

    @Override
    public void execute(Runnable task) {
        if (task instanceof Connection) {
            task.run();
        } else {
            threads.execute(task);
        }
    }

    @Override
    public boolean tryExecute(Runnable task) {
        return threads.tryExecute(task);
    }
}
