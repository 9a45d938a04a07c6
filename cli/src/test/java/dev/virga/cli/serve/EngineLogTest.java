package dev.virga.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.cli.EngineUse;
import dev.virga.component.Component;
import dev.virga.engine.ModuleException;
import dev.virga.ingress.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EngineLogTest {

    private final Lines lines = new Lines();
    private final EngineLog log = new EngineLog("api.wasm", lines);
    private final CompletableFuture<Component> better = new CompletableFuture<>();
    private final List<Component> used = new ArrayList<>();

    @Test
    void thePreferredEngineIsNotWorthALine() {
        log.started(new EngineUse(Optional.of("native"), Optional.empty()));
        assertEquals(List.of(), lines.all());
    }

    @Test
    void anotherOneIsSaidWithTheReasonInOneLine() {
        log.started(new EngineUse(Optional.of("portable"), Optional.of("native lacks: \u001b[2J\nthreads")));
        assertEquals(List.of("virga: api.wasm: engine: portable (native lacks: ?[2J?threads)"), lines.all());
    }

    @Test
    void theServiceGetsTheBetterComponentOnceItIsThere() {
        log.follow(better, used::add);
        assertEquals(List.of("virga: api.wasm: engine: portable, until native code is compiled"), lines.all());
        better.complete(Setup.component());
        assertEquals(List.of(Setup.component()), used);
        assertEquals("virga: api.wasm: engine: portable", lines.all().getLast());
    }

    @Test
    void aComponentThatStaysWhereItIsHasAReason() {
        log.follow(better, used::add);
        better.completeExceptionally(new ModuleException.Unsupported("threads"));
        assertEquals(List.of(), used);
        assertEquals("virga: api.wasm: engine: still portable (native lacks: threads)", lines.all().getLast());
    }
}
