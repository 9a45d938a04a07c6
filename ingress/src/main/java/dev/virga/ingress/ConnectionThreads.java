package dev.virga.ingress;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.TryExecutor;

/**
 * Where the server's own work runs. A connection whose request has ended goes on in a virtual thread: to wake one of the
 * system's for it would take a processor from a guest at each request. Not in the thread that ended the request either,
 * which may be within a guest's call still, and would read there for as long as a client sends.
 *
 * @param threads of the server
 * @param requests virtual ones, in which requests are answered
 */
record ConnectionThreads(TryExecutor threads, Executor requests) implements TryExecutor {

    @Override
    public void execute(Runnable task) {
        if (task instanceof Connection) {
            requests.execute(task);
        } else {
            threads.execute(task);
        }
    }

    @Override
    public boolean tryExecute(Runnable task) {
        return threads.tryExecute(task);
    }
}
