package dev.virga.plugin.nats;

import dev.virga.plugin.messaging.Ends;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** The deliveries of one subscription that are under way, each on a virtual thread. */
final class InFlight {

    /** What is done with a message. */
    interface Task {
        void run() throws InterruptedException;
    }

    private final String name;
    private final Semaphore room;
    private final Consumer<Throwable> failed;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** @param failed told of what should not happen */
    InFlight(String name, int most, Consumer<Throwable> failed) {
        this.name = name;
        this.room = new Semaphore(most);
        this.failed = failed;
    }

    /** Waits for room for one, and takes as much more as there is, up to so much in all. */
    int take(int most) throws InterruptedException {
        room.acquire();
        int taken = 1;
        while (taken < most && room.tryAcquire()) {
            taken++;
        }
        return taken;
    }

    void giveBack(int count) {
        room.release(count);
    }

    /** Uses up room for one that was taken, until it is done. */
    void start(Task task) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                task.run();
            } catch (InterruptedException _) {
                // the subscription ends
            } catch (RuntimeException | Error e) {
                failed.accept(e);
            } finally {
                threads.remove(Thread.currentThread());
                room.release();
            }
        });
        threads.add(thread);
        thread.start();
    }

    /** Waits for the ends of those under way. */
    void drain(Duration grace) throws InterruptedException {
        Ends.await(List.copyOf(threads), grace);
    }

    /** Interrupts them and waits for their ends. */
    void end(Duration longest) throws InterruptedException {
        threads.forEach(Thread::interrupt);
        drain(longest);
    }
}
