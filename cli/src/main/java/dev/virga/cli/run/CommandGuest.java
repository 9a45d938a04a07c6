package dev.virga.cli.run;

import dev.virga.cli.CliException;
import dev.virga.cli.ExitCode;
import dev.virga.cli.GuestFile;
import dev.virga.cli.MemoryLimit;
import dev.virga.component.Component;
import dev.virga.component.ComponentException;
import dev.virga.component.ComponentInstance;
import dev.virga.component.ExportedFunction;
import dev.virga.component.Linker;
import dev.virga.component.PreparedComponent;
import dev.virga.component.Result;
import dev.virga.component.Watchdog;
import dev.virga.engine.Engine;
import dev.virga.engine.GuestException;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.wasi.WasiContext;
import dev.virga.wasi.cli.ExitException;
import dev.virga.wasi.http.HttpLinker;
import dev.virga.wasi.http.HttpSender;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A component with {@code wasi:cli/run}, ready to run. */
final class CommandGuest {

    private static final String RUN = "wasi:cli/run@0.2.0";
    private static final String HANDLER = "wasi:http/incoming-handler";
    private static final int FIELD_LIMIT = 64 * 1024;

    /** Guests recurse deeper than Java programs do; only what is used of it costs memory. */
    private static final long STACK = 16L << 20;

    private final Engine engine;
    private final PreparedComponent<WasiContext> prepared;
    private final ExportedFunction run;

    /** @throws CliException.Failed if the component cannot be run */
    CommandGuest(
            GuestFile file, Component component, CompletableFuture<Linker<WasiContext>> offers, HttpSender sender) {
        this.engine = component.engine();
        Linker<WasiContext> linker = offers.join();
        if (imports(component, "wasi:http/")) {
            HttpLinker.define(linker, FIELD_LIMIT, sender);
        }
        try {
            prepared = linker.prepare(component);
        } catch (ComponentException e) {
            throw new CliException.Failed(file.name() + ": " + e.getMessage());
        }
        run = prepared.function(RUN, "run")
                .orElseThrow(() -> new CliException.Failed(file.name() + ": " + missingRun(file, component)));
    }

    private static boolean imports(Component component, String prefix) {
        return component.type().imports().keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    private static String missingRun(GuestFile file, Component component) {
        var exports = component.type().exports().keySet();
        String found = exports.isEmpty() ? "nothing" : String.join(", ", exports);
        boolean isService = exports.stream().anyMatch(name -> name.startsWith(HANDLER));
        return "exports no wasi:cli/run, so there is nothing to run; it exports " + found
                + (isService ? "; serve it: `virga serve " + file.name() + "`" : "");
    }

    /**
     * Runs the command; the guest's exit code.
     *
     * @throws CliException.Trapped if it traps or takes too long
     */
    int run(WasiContext context, MemoryLimit memory, Optional<Duration> timeout) throws InterruptedException {
        try (Store store = engine.newStore(memory)) {
            FutureTask<Integer> work = new FutureTask<>(() -> call(context, memory, store));
            Thread thread = Thread.ofPlatform().name("guest").stackSize(STACK).start(work);
            Optional<Watchdog> watchdog = timeout.map(time -> new Watchdog(time, () -> {
                store.interrupt("the time limit of " + text(time) + " (--timeout) passed");
                thread.interrupt();
            }));
            try {
                return work.get();
            } catch (ExecutionException e) {
                throw failure(e.getCause(), memory);
            } finally {
                watchdog.ifPresent(Watchdog::close);
            }
        }
    }

    private int call(WasiContext context, MemoryLimit memory, Store store) {
        try (ComponentInstance instance = prepared.instantiate(context, memory, store)) {
            return ((Result<?, ?>) run.call(instance)).isOk() ? ExitCode.OK : ExitCode.FAILED;
        } catch (ExitException e) {
            return e.code();
        }
    }

    private static RuntimeException failure(Throwable cause, MemoryLimit memory) {
        return switch (cause) {
            case Trap trap -> new CliException.Trapped(
                    trap, memory.refused() ? "It had asked for more memory than --max-memory allows." : "");
            case GuestException e -> new CliException.Failed("the guest threw an exception and did not catch it");
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(cause);
        };
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
