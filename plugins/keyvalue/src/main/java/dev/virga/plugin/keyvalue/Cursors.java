package dev.virga.plugin.keyvalue;

import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first draft's cursors are numbers, while those of backends are texts: the last ones that a workload was given
 * are kept, for all of its instances. Each is good for one bucket.
 */
final class Cursors {

    private static final int KEPT = 1000;

    private record Place(String bucket, String cursor) {}

    private final Map<Long, Place> places = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Place> eldest) {
            return size() > KEPT;
        }
    };
    private long last;

    synchronized long number(String bucket, String cursor) {
        places.put(++last, new Place(bucket, cursor));
        return last;
    }

    synchronized String cursor(String bucket, long number) {
        Place place = places.get(number);
        if (place == null || !place.bucket().equals(bucket)) {
            throw new KeyValueException(Reason.INVALID,
                    "this cursor is not known any more, since the workload has listed much meanwhile; start without one");
        }
        return place.cursor();
    }
}
