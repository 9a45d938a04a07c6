package dev.virga.wasi;

import dev.virga.component.Component;
import dev.virga.component.ComponentInstance;
import dev.virga.component.ExportedFunction;
import dev.virga.component.Linker;
import dev.virga.component.PreparedComponent;
import dev.virga.component.Result;
import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.wasi.cli.ExitException;
import dev.virga.wasi.io.DirectOutput;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.MemoryInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A command component that ran to its end.
 *
 * @param code its exit code
 * @param diagnostics what the operator was told
 */
public record GuestRun(int code, String out, String err, List<String> diagnostics) {

    private static final Engine ENGINE = new PortableEngine(Optional.empty());
    private static final WasiLimits LIMITS = WasiLimits.standard();

    /** A component of the tests' own, in {@code src/test/guests}. */
    public static PreparedComponent<WasiContext> guest(String name) throws IOException {
        return prepare(Path.of("src/test/guests").resolve(name + ".wasm"));
    }

    public static PreparedComponent<WasiContext> prepare(Path file) throws IOException {
        Linker<WasiContext> linker = new Linker<>();
        WasiLinker.define(linker, Function.identity());
        return linker.prepare(Component.load(ENGINE, Files.readAllBytes(file)));
    }

    public static GuestRun of(PreparedComponent<WasiContext> guest, WasiGrants grants, byte[] stdin) {
        return of(guest, grants, new MemoryInput(stdin));
    }

    public static GuestRun of(PreparedComponent<WasiContext> guest, WasiGrants grants, GuestInput stdin) {
        ExportedFunction run = guest.function("wasi:cli/run@0.2.0", "run").orElseThrow();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> diagnostics = new CopyOnWriteArrayList<>();
        Stdio stdio = new Stdio(stdin, new DirectOutput(out), new DirectOutput(err), Terminals.NONE);
        int code;
        try (WasiContext context = new WasiContext(grants, stdio, LIMITS, new Diagnostics(diagnostics::add));
                ComponentInstance instance = guest.instantiate(context, Limiter.UNLIMITED)) {
            code = run.call(instance) instanceof Result.Ok ? 0 : 1;
        } catch (ExitException e) {
            code = e.code();
        }
        return new GuestRun(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), diagnostics);
    }
}
