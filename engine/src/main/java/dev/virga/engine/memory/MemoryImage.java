package dev.virga.engine.memory;

import java.util.List;

/** What a memory holds before the first instruction runs: its active data segments, in order. */
public record MemoryImage(List<Part> parts) {

    public static final MemoryImage EMPTY = new MemoryImage(List.of());

    public record Part(long offset, byte[] data) {
        public long end() {
            return offset + data.length;
        }
    }

    public MemoryImage {
        parts = List.copyOf(parts);
    }

    public long start() {
        return parts.stream().mapToLong(Part::offset).min().orElse(0);
    }

    public long end() {
        return parts.stream().mapToLong(Part::end).max().orElse(0);
    }
}
