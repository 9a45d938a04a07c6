package dev.virga.engine.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory in plain Java, for every operating system: allocated, and filled by copying the image. */
public final class CopiedMemory implements MemorySource {

    private final MemoryImage image;
    private final long limit;

    /** @param limit more than this is never asked for */
    public CopiedMemory(MemoryImage image, long limit) {
        this.image = image;
        this.limit = limit;
    }

    @Override
    public Block take(long bytes) {
        Allocated block = new Allocated(limit, bytes);
        for (MemoryImage.Part part : image.parts()) {
            MemorySegment.copy(
                    part.data(), 0, block.segment, ValueLayout.JAVA_BYTE, part.offset(), part.data().length);
        }
        return block;
    }

    private static final class Allocated implements Block {

        private final long limit;
        private final Arena arena = Arena.ofShared();
        private final MemorySegment segment;

        Allocated(long limit, long bytes) {
            this.limit = limit;
            this.segment = arena.allocate(bytes, 16);
        }

        @Override
        public MemorySegment segment() {
            return segment;
        }

        @Override
        public Block resize(long used, long bytes) {
            // A quarter more than asked for, so that growing page by page does not copy each time.
            Allocated larger = new Allocated(limit, Math.min(limit, bytes + bytes / 4));
            MemorySegment.copy(segment, 0, larger.segment, 0, used);
            arena.close();
            return larger;
        }

        @Override
        public void release(long used) {
            arena.close();
        }
    }
}
