package dev.virga.engine.nativecode;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The stacks of all guests. They come from slabs, one mapping for many, since a mapping each runs
 * into the system's limit of mappings; a stack takes memory only where it was used.
 */
final class Stacks {

    /** Generated code relies on it: the size and alignment of a stack. */
    static final long STACK = 1L << 20;
    /** The context lies at the top. */
    static final long CONTEXT = 256;
    /**
     * What stays free below the deepest function that is let in: the largest frame (128 KiB), and room
     * for the stubs and for handlers of signals.
     */
    static final long HEADROOM = 192 << 10;

    private static final int PER_SLAB = 64;
    /** Idle stacks keep their upper pages, which the next guest touches for certain, up to this many. */
    private static final int MAX_WARM = 256;
    private static final long KEPT = 16 << 10;

    private static final List<Slab> SLABS = new CopyOnWriteArrayList<>();
    private static final ConcurrentLinkedDeque<Fiber> IDLE = new ConcurrentLinkedDeque<>();
    private static final AtomicInteger IDLE_COUNT = new AtomicInteger();

    private Stacks() {}

    /** The running words of a slab's stacks, and where the stacks begin. */
    private record Slab(long stacks, long words) {

        long stack(int index) {
            return stacks + index * STACK;
        }

        /** Neighbours lie in different cache lines, so that processors do not fight over one. */
        long word(int index) {
            return words + ((index & 15) << 6 | index >> 4 << 4);
        }
    }

    static Fiber take() {
        Fiber idle = IDLE.pollFirst();
        if (idle == null) {
            grow();
            return take();
        }
        IDLE_COUNT.decrementAndGet();
        return idle;
    }

    static void give(Fiber fiber) {
        long kept = IDLE_COUNT.get() < MAX_WARM ? KEPT : 0;
        Libc.discard(fiber.base(), STACK - kept);
        IDLE_COUNT.incrementAndGet();
        IDLE.addFirst(fiber);
    }

    private static void grow() {
        long mapping = Libc.map((PER_SLAB + 1) * STACK);
        long stacks = (mapping + STACK - 1) & -STACK;
        Libc.smallPages(stacks, PER_SLAB * STACK);
        Slab slab = new Slab(stacks, Libc.allocate(PER_SLAB * 16 + 64) + 63 & -64);
        SLABS.add(slab);
        for (int i = 0; i < PER_SLAB; i++) {
            IDLE_COUNT.incrementAndGet();
            IDLE.addLast(new Fiber(slab.stack(i), slab.word(i)));
        }
    }

    /** Tells every guest that runs at this moment that a tick is due. */
    static void tick() {
        for (Slab slab : SLABS) {
            for (int i = 0; i < PER_SLAB; i++) {
                if (Raw.getInt(slab.word(i)) != 0) {
                    Raw.putLong(slab.stack(i) + STACK - CONTEXT + Fiber.LIMIT, -1);
                }
            }
        }
    }
}
