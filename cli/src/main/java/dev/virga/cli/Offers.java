package dev.virga.cli;

import dev.virga.component.Linker;
import dev.virga.wasi.WasiContext;
import dev.virga.wasi.WasiLinker;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What guests are offered. It is put together on a thread of its own while the guest is loaded: the
 * two need nothing of each other and take about as long.
 */
public final class Offers {

    private Offers() {}

    /** All of WASI but {@code wasi:http}. */
    public static CompletableFuture<Linker<WasiContext>> wasi() {
        return CompletableFuture.supplyAsync(
                () -> {
                    Linker<WasiContext> linker = new Linker<>();
                    WasiLinker.define(linker, Function.identity());
                    return linker;
                },
                work -> Thread.ofPlatform().name("offers").daemon().start(work));
    }
}
