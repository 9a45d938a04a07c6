package dev.virga.engine.contract;

import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every engine has to do: each test has an engine of its own and a store. */
public abstract class EngineContract implements EngineSource {

    protected Engine engine;
    protected Store store;

    @BeforeEach
    final void open() {
        engine = newEngine(Optional.empty());
        store = engine.newStore(Limiter.UNLIMITED);
    }

    @AfterEach
    final void close() {
        store.close();
        engine.close();
    }
}
