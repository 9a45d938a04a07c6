package dev.virga.cli.serve;

import dev.virga.cli.EngineUse;
import dev.virga.component.Component;
import dev.virga.engine.ModuleException;
import dev.virga.ingress.ServeLog;
import dev.virga.wasi.Harmless;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Says which engine answers, where it is not simply the preferred one. */
final class EngineLog {

    private final String file;
    private final ServeLog log;

    EngineLog(String file, ServeLog log) {
        this.file = file;
        this.log = log;
    }

    void started(EngineUse engine) {
        if (engine.why().isPresent()) {
            line("engine: " + engine.text());
        }
    }

    /** Hands over the component on the native engine as soon as there is one. */
    void follow(CompletableFuture<Component> better, Consumer<Component> service) {
        line("engine: portable, until native code is compiled");
        better.thenAccept(component -> {
            service.accept(component);
            line("engine: " + component.engine().name());
        }).exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            line("engine: still portable ("
                    + (cause instanceof ModuleException.Unsupported ? "native lacks: " + cause.getMessage() : cause)
                    + ")");
            return null;
        });
    }

    private void line(String text) {
        log.line("virga: " + file + ": " + Harmless.text(text));
    }
}
