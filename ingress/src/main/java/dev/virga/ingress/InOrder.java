package dev.virga.ingress;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Virtual threads that take up tasks in the order in which these came. The virtual machine has a queue for each thread
 * that starts others, and goes on with one as long as there is something in it: a few connections whose clients ask again
 * at once would keep all others waiting.
 */
final class InOrder implements Executor {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    @Override
    public void execute(Runnable task) {
        Thread thread = Thread.ofVirtual().name("request").unstarted(() -> tasks.remove().run());
        tasks.add(task);
        try {
            thread.start();
        } catch (RuntimeException | Error e) { // there are as many threads as tasks, or each would run another's
            tasks.remove(task);
            throw e;
        }
    }
}
