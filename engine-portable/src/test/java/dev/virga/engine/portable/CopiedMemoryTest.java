package dev.virga.engine.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.engine.Engine;
import dev.virga.engine.contract.Guest;
import dev.virga.engine.contract.MemoryContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Memories that are copied, as they are where the system cannot map them. */
class CopiedMemoryTest extends MemoryContract {

    @Override
    public Engine newEngine(Optional<Path> cache) {
        return new PortableEngine(cache, false);
    }

    @Test
    @EnabledIfSystemProperty(named = "virga.large", matches = "true", disabledReason = "takes 8 GiB")
    void reachesAllThat32BitsAddress() {
        Guest guest = Guest.of(engine, store, "large", Map.of());
        guest.call("store8", 100, 1);
        assertEquals(1, guest.call("grow", 40_000));
        guest.call("store8", Integer.MIN_VALUE, 2);
        assertEquals(40_001, guest.call("grow", 65_536 - 40_001));
        guest.call("store8", -1, 3);
        assertEquals(1, guest.call("load8", 100));
        assertEquals(2, guest.call("load8", Integer.MIN_VALUE));
        assertEquals(3, guest.call("load8", -1));
        assertEquals(-1, guest.call("grow", 1));
    }
}
