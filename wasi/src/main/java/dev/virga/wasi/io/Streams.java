package dev.virga.wasi.io;

import dev.virga.engine.Trap;

/** What both kinds of streams share. */
final class Streams {

    /** The most that one read, skip, splice or write of zeroes moves, and so holds in memory. */
    static final int MAX_CHUNK = 64 * 1024;

    /** The most that the {@code blocking-…-and-flush} functions take, as their documentation says. */
    static final int MAX_BLOCKING_WRITE = 4096;

    private Streams() {}

    /** A guest's u64 as a count that this host is ready to handle at once. */
    static int bounded(long unsigned, int max) {
        return Long.compareUnsigned(unsigned, max) > 0 ? max : (int) unsigned;
    }

    static Trap trap(String message) {
        return new Trap(Trap.Kind.CANONICAL_ABI, "wasi:io/streams: " + message);
    }
}
