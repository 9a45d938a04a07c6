package dev.virga.engine.portable;

import java.util.List;

/** What a memory holds before the first instruction runs: its active data segments, in order. */
record MemoryImage(List<Part> parts) {

    static final MemoryImage EMPTY = new MemoryImage(List.of());

    record Part(long offset, byte[] data) {
        long end() {
            return offset + data.length;
        }
    }

    MemoryImage {
        parts = List.copyOf(parts);
    }

    long start() {
        return parts.stream().mapToLong(Part::offset).min().orElse(0);
    }

    long end() {
        return parts.stream().mapToLong(Part::end).max().orElse(0);
    }
}
