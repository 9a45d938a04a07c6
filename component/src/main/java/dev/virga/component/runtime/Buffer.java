package dev.virga.component.runtime;

/** Values on their way through a stream or future (CanonicalABI, "Buffer State"). */
sealed interface Buffer permits GuestBuffer, HostBuffer {

    /** How many values can still be read from it or written to it. */
    int remain();

    boolean isZeroLength();

    /** Moves values; both have as many left. */
    static void move(Buffer from, Buffer to, int count) {
        switch (from) {
            case GuestBuffer source when to instanceof GuestBuffer target -> source.moveTo(target, count);
            case GuestBuffer source when to instanceof HostBuffer target -> target.take(source, count);
            case HostBuffer source when to instanceof GuestBuffer target -> source.give(target, count);
            case HostBuffer source -> source.moveTo((HostBuffer) to, count);
            case GuestBuffer _ -> throw new IllegalArgumentException("no such buffer");
        }
    }
}
