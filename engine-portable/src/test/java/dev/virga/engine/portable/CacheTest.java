package dev.virga.engine.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import dev.virga.engine.contract.CacheContract;
import dev.virga.engine.contract.Guest;
import java.lang.ref.WeakReference;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheTest extends CacheContract implements PortableSource {

    @Test
    void theClassesOfAModuleGoWithIt() throws InterruptedException {
        WeakReference<ClassLoader> loader = use();
        for (int round = 0; round < 50 && loader.get() != null; round++) {
            System.gc();
            Thread.sleep(20);
        }
        assertNull(loader.get(), "the module's class loader is still held");
    }

    /** Uses a module and forgets it. */
    private WeakReference<ClassLoader> use() {
        PortableModule module = (PortableModule) engine.compile(Guest.binary("calls"));
        try (Store own = engine.newStore(Limiter.UNLIMITED)) {
            Guest guest = Guest.of(module, own, Map.of());
            assertEquals(5, guest.call("indirect", 2, 3, 0));
            assertEquals(1, guest.call("indirect", 3, 2, 1));
        }
        assertNotEquals(CacheTest.class.getClassLoader(), module.loader());
        assertFalse(module.loader().getName().isEmpty());
        return new WeakReference<>(module.loader());
    }
}
