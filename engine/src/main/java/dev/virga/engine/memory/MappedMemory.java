package dev.virga.engine.memory;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory as reserved address space over which the image is mapped copy-on-write. An instance pays
 * only for the pages that it touches, growth is free, and a slot is reset by dropping its pages.
 */
public final class MappedMemory implements MemorySource {

    /** Slots kept for reuse; an idle slot holds address space but no memory. */
    private static final int MAX_IDLE = 256;

    /** To free a page takes the system about 0.2 µs, and other virtual threads wait for the carrier. */
    private static final long PIECE = 8 << 20;

    private static final Cleaner CLEANER = Cleaner.create();

    private final Slots slots;
    private final MemorySource otherwise;

    /**
     * @param reservation the size to which these memories can grow
     * @param otherwise serves where the system refuses more mappings
     */
    public MappedMemory(LinuxMemory system, MemoryImage image, long reservation, MemorySource otherwise) {
        this.slots = new Slots(system, image, reservation);
        this.otherwise = otherwise;
        CLEANER.register(this, slots::free);
    }

    @Override
    public Block take(long bytes) {
        Slot idle = slots.idle.pollFirst();
        if (idle != null) {
            slots.idleCount.decrementAndGet();
            return idle;
        }
        long address = slots.map();
        return address == 0 ? otherwise.take(bytes) : new Slot(slots, address);
    }

    /** What outlives the source until its last memory is released. */
    private static final class Slots {
        private final LinuxMemory system;
        private final long reservation;
        private final long imageStart;
        private final long imageBytes;
        private final int imageFile;
        private final ConcurrentLinkedDeque<Slot> idle = new ConcurrentLinkedDeque<>();
        private final AtomicInteger idleCount = new AtomicInteger();
        private volatile boolean closed;

        Slots(LinuxMemory system, MemoryImage image, long reservation) {
            this.system = system;
            this.reservation = reservation;
            imageStart = image.start() / LinuxMemory.PAGE * LinuxMemory.PAGE;
            imageBytes = (image.end() - imageStart + LinuxMemory.PAGE - 1) / LinuxMemory.PAGE * LinuxMemory.PAGE;
            imageFile = imageBytes == 0 ? -1 : system.imageFile(image, imageStart, imageBytes);
        }

        long map() {
            if (imageBytes != 0 && imageFile < 0) {
                return 0;
            }
            long address = system.reserve(reservation);
            if (address != 0
                    && imageBytes != 0
                    && !system.mapCopyOnWrite(address + imageStart, imageBytes, imageFile)) {
                system.unmap(address, reservation);
                return 0;
            }
            return address;
        }

        void giveBack(Slot slot, long used) {
            if (!discard(slot.address, used) || closed || idleCount.get() >= MAX_IDLE) {
                system.unmap(slot.address, reservation);
                return;
            }
            idleCount.incrementAndGet();
            idle.addFirst(slot);
            if (closed) {
                free();
            }
        }

        private boolean discard(long address, long bytes) {
            for (long done = 0; done < bytes; done += PIECE) {
                if (done > 0) {
                    Thread.yield();
                }
                if (!system.discard(address + done, Math.min(PIECE, bytes - done))) {
                    return false;
                }
            }
            return true;
        }

        void free() {
            if (!closed) {
                closed = true;
                if (imageFile >= 0) {
                    system.closeFile(imageFile);
                }
            }
            for (Slot slot = idle.pollFirst(); slot != null; slot = idle.pollFirst()) {
                system.unmap(slot.address, reservation);
            }
        }
    }

    private static final class Slot implements Block {
        private final Slots slots;
        private final long address;
        private final MemorySegment segment;

        Slot(Slots slots, long address) {
            this.slots = slots;
            this.address = address;
            this.segment = MemorySegment.ofAddress(address).reinterpret(slots.reservation);
        }

        @Override
        public MemorySegment segment() {
            return segment;
        }

        @Override
        public Block resize(long used, long bytes) {
            return this;
        }

        @Override
        public void release(long used) {
            slots.giveBack(this, used);
        }
    }
}
