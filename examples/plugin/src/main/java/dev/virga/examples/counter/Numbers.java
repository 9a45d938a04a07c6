package dev.virga.examples.counter;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a workload counts. Used by all its instances at the same time, so it is bounded and takes a lock. */
final class Numbers {

    private final int most;
    private final int nameBytes;
    private final Map<String, Long> numbers = new HashMap<>();

    Numbers(int most, int nameBytes) {
        this.most = most;
        this.nameBytes = nameBytes;
    }

    /** The new number; empty if the name is too long, or new where there is no room for another. */
    synchronized Optional<Long> increment(String name) {
        boolean known = numbers.containsKey(name);
        if (!known && (numbers.size() == most || name.getBytes(StandardCharsets.UTF_8).length > nameBytes)) {
            return Optional.empty();
        }
        return Optional.of(numbers.merge(name, 1L, Long::sum));
    }
}
