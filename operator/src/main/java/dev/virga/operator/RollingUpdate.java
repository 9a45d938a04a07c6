package dev.virga.operator;

import java.util.ArrayList;
import java.util.List;

/** How many replicas old and new sets have next, so that there are never too many and never too few. */
final class RollingUpdate {

    /** A set's size, and how many of it are ready. */
    record Part(int size, int ready) {

        Part {
            // What is said of a set may be older than its size.
            ready = Math.min(ready, size);
        }
    }

    /** The next sizes; those of the old ones in the order in which they were given. */
    record Step(int fresh, List<Integer> old) {}

    private RollingUpdate() {}

    /**
     * @param surge replicas beyond the wanted number
     * @param unavailable replicas below it
     * @param old the oldest first
     */
    static Step next(int wanted, int surge, int unavailable, Part fresh, List<Part> old) {
        int oldSize = old.stream().mapToInt(Part::size).sum();
        int room = Math.max(0, wanted + surge - fresh.size() - oldSize);
        int size = fresh.size() > wanted ? wanted : Math.min(wanted, fresh.size() + room);

        int least = wanted - unavailable;
        int oldReady = old.stream().mapToInt(Part::ready).sum();
        // What is not ready is missed by nobody, and makes room.
        int unready = Math.max(0, oldSize + fresh.size() - least - (fresh.size() - fresh.ready()));
        List<Integer> sizes = new ArrayList<>();
        for (Part each : old) {
            int gone = Math.min(unready, each.size() - each.ready());
            unready -= gone;
            sizes.add(each.size() - gone);
        }
        int spare = Math.max(0, oldReady + fresh.ready() - least);
        for (int i = 0; i < sizes.size(); i++) {
            int gone = Math.min(spare, Math.min(old.get(i).ready(), sizes.get(i)));
            spare -= gone;
            sizes.set(i, sizes.get(i) - gone);
        }
        return new Step(size, List.copyOf(sizes));
    }
}
