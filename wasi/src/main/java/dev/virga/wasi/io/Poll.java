package dev.virga.wasi.io;

import dev.virga.engine.Trap;
import java.util.ArrayList;
import java.util.List;

/** {@code wasi:io/poll}. */
public final class Poll {

    /** More pollables than this in one call trap: each costs the host memory and time. */
    static final int MAX_POLLABLES = 1 << 16;

    /** Blocks until at least one is ready and tells the positions of those that are. */
    public List<Integer> poll(List<Pollable> pollables) {
        if (pollables.isEmpty()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "wasi:io/poll: the list of pollables is empty");
        }
        if (pollables.size() > MAX_POLLABLES) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "wasi:io/poll: more than " + MAX_POLLABLES + " pollables");
        }
        List<Integer> ready = readyOnes(pollables);
        if (ready.isEmpty()) {
            return await(pollables);
        }
        Thread.yield(); // a guest that polls in a loop must not keep others from making things ready
        return ready;
    }

    /**
     * Blocks the calling thread until at least one is ready.
     *
     * @throws Trap of kind interrupted if the thread is interrupted
     */
    static List<Integer> await(List<Pollable> pollables) {
        List<Integer> ready = readyOnes(pollables);
        if (!ready.isEmpty()) {
            return ready;
        }
        Waiter waiter = new Waiter();
        pollables.forEach(p -> p.signal().add(waiter));
        try {
            while (true) {
                waiter.reset();
                ready = readyOnes(pollables);
                if (!ready.isEmpty()) {
                    return ready;
                }
                waiter.await(shortestWait(pollables));
            }
        } finally {
            pollables.forEach(p -> p.signal().remove(waiter));
        }
    }

    private static List<Integer> readyOnes(List<Pollable> pollables) {
        List<Integer> ready = new ArrayList<>();
        for (int i = 0; i < pollables.size(); i++) {
            if (pollables.get(i).isReady()) {
                ready.add(i);
            }
        }
        return ready;
    }

    private static long shortestWait(List<Pollable> pollables) {
        long shortest = Long.MAX_VALUE;
        for (Pollable pollable : pollables) {
            shortest = Math.min(shortest, pollable.nanosLeft());
        }
        return shortest;
    }
}
