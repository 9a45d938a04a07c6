package dev.virga.plugin.blobstore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.component.Tuple;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects larger than what may be held in memory. */
class LargeObjectTest {

    private static final long SIZE = 1L << 30;

    @TempDir
    Path data;

    @Test
    void aGibibytePassesAGuestInBothDirections() {
        try (Guest guest = Guest.start(data, "")) {
            guest.call("create", "box");
            guest.call("put-zeroes", "box", "large", SIZE);
            assertEquals(Tuple.of(SIZE, 0L), guest.call("count", "box", "large"));
        }
    }
}
