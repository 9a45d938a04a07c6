package dev.virga.engine.memory;

import java.lang.foreign.MemorySegment;

/**
 * Where the bytes of one kind of linear memory come from: all instances of a module take theirs
 * from the same source. Safe for use by many threads.
 */
public interface MemorySource {

    /** The bytes of one linear memory. */
    interface Block {

        /** The whole block; at least as large as asked for, zero but for the image. */
        MemorySegment segment();

        /** A block of at least {@code bytes} with the same content; this one must not be used after. */
        Block resize(long used, long bytes);

        /** Gives the bytes back, of which only the first {@code used} were; nothing of them is ever seen again. */
        void release(long used);
    }

    /** A block of at least {@code bytes}, holding the image. */
    Block take(long bytes);
}
