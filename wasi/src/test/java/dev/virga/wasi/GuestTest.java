package dev.virga.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.component.ComponentInstance;
import dev.virga.component.PreparedComponent;
import dev.virga.engine.Limiter;
import dev.virga.engine.Trap;
import dev.virga.wasi.io.Pipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real guests, built by Rust and C toolchains, from start to exit. */
@Timeout(120)
class GuestTest {

    private static final byte[] NO_INPUT = {};

    @TempDir
    Path temp;

    private WasiGrants data(Preopen.Access access) throws IOException {
        Path data = Files.createDirectories(temp.resolve("data"));
        return WasiGrants.NONE.with(new Preopen(data, "/data", access));
    }

    @Test
    void aCommandSeesItsGrantsAndExits() throws IOException {
        PreparedComponent<WasiContext> guest = GuestRun.guest("cli");
        GuestRun none = GuestRun.of(guest, WasiGrants.NONE, NO_INPUT);
        assertEquals("arguments []\nvariables []\ninput \n", none.out());
        assertEquals("to the error stream", none.err());
        assertEquals(0, none.code());
        WasiGrants grants = WasiGrants.NONE
                .withArguments(List.of("cli", "1", "ü"))
                .withVariable("B", "2")
                .withVariable("A", "1 = ☂");
        GuestRun some = GuestRun.of(guest, grants, "wörter".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "arguments [\"cli\", \"1\", \"ü\"]\nvariables [(\"A\", \"1 = ☂\"), (\"B\", \"2\")]\ninput wörter\n",
                some.out());
        assertEquals(1, some.code());
    }

    @Test
    void inputMayComeLater() throws Exception {
        PreparedComponent<WasiContext> guest = GuestRun.guest("cli");
        Pipe pipe = new Pipe(10);
        FutureTask<GuestRun> run = new FutureTask<>(() -> GuestRun.of(guest, WasiGrants.NONE, pipe.input()));
        Thread.ofVirtual().start(run);
        byte[] text = "more than the pipe holds at once".getBytes(StandardCharsets.UTF_8);
        pipe.write(text, 0, text.length);
        pipe.end();
        assertTrue(run.get().out().contains("input more than the pipe holds at once"));
    }

    @Test
    void aRustProgramUsesADirectoryAndCannotLeaveIt() throws IOException {
        WasiGrants grants = data(Preopen.Access.READ_WRITE);
        Files.writeString(temp.resolve("secret"), "secret");
        Files.createSymbolicLink(temp.resolve("data/up"), Path.of(".."));
        Files.createSymbolicLink(temp.resolve("data/absolute"), temp.resolve("secret"));
        Files.createSymbolicLink(temp.resolve("data/loop"), Path.of("loop"));
        GuestRun run = GuestRun.of(GuestRun.guest("files"), grants, NO_INPUT);
        assertEquals("""
                found ["absolute", "loop", "up"]
                used
                /data/../secret PermissionDenied
                /data/up/secret PermissionDenied
                /data/absolute PermissionDenied
                /secret NotFound
                /etc/passwd NotFound
                /data/loop FilesystemLoop
                """, run.out(), run.err());
        try (Stream<Path> left = Files.list(temp.resolve("data"))) {
            assertEquals(3, left.count());
        }
    }

    @Test
    void aReadOnlyDirectoryStaysAsItIs() throws IOException {
        WasiGrants grants = data(Preopen.Access.READ_ONLY);
        Files.writeString(temp.resolve("data/there"), "content");
        GuestRun run = GuestRun.of(GuestRun.guest("files"), grants, NO_INPUT);
        assertTrue(run.out().startsWith("found [\"there\"]\nfailed PermissionDenied\n"), run.out() + run.err());
        try (Stream<Path> left = Files.list(temp.resolve("data"))) {
            assertEquals(List.of("there"), left.map(path -> path.getFileName().toString()).toList());
        }
    }

    @Test
    void aCProgramFindsPosixAsItExpects() throws IOException {
        GuestRun run = GuestRun.of(GuestRun.guest("posix"), data(Preopen.Access.READ_WRITE), NO_INPUT);
        assertEquals("all fine\n", run.out());
        assertEquals(0, run.code());
    }

    @Test
    void aProgramTalksOverSocketsWhereGranted() throws IOException {
        PreparedComponent<WasiContext> guest = GuestRun.guest("net");
        WasiGrants loopback =
                WasiGrants.NONE.with(SocketGrant.parse("127.0.0.1")).withNameLookup(NamePattern.ANY);
        assertEquals("tcp Ok(20000)\nudp Ok(8)\nname true\n", GuestRun.of(guest, loopback, NO_INPUT).out());
        GuestRun refused = GuestRun.of(guest, WasiGrants.NONE, NO_INPUT);
        assertEquals("tcp Err(PermissionDenied)\nudp Err(PermissionDenied)\nname false\n", refused.out());
        assertEquals(2, refused.diagnostics().size(), refused.diagnostics()::toString);
    }

    @Test
    void aSleepingGuestIsInterrupted() throws Exception {
        PreparedComponent<WasiContext> guest = GuestRun.guest("sleeper");
        try (WasiContext context = new WasiContext(
                        WasiGrants.NONE, Stdio.none(), WasiLimits.standard(), new Diagnostics(line -> {}));
                ComponentInstance instance = guest.instantiate(context, Limiter.UNLIMITED)) {
            FutureTask<Object> run = new FutureTask<>(
                    () -> guest.function("wasi:cli/run@0.2.0", "run").orElseThrow().call(instance));
            Thread thread = Thread.ofVirtual().start(run);
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            instance.interrupt("the test has waited long enough");
            Trap trap = (Trap) assertThrows(ExecutionException.class, run::get).getCause();
            assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
            assertTrue(trap.getMessage().contains("long enough"), trap.getMessage());
        }
    }

    @Test
    void theCommandOfTheConformanceSuiteRuns() throws IOException {
        Path suite = shared().resolve("conformance/components/wasi-0.2");
        assumeTrue(Files.isDirectory(suite), "no folder shared/conformance beside this checkout");
        GuestRun hello = GuestRun.of(
                GuestRun.prepare(suite.resolve("hello_stdout.component.wasm")), WasiGrants.NONE, NO_INPUT);
        assertEquals(0, hello.code());
        assertEquals("writing to stdout: hello, world\n", hello.out());
        assertEquals("writing to stderr: hello, world\n", hello.err());
    }

    private static Path shared() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("shared/conformance"))) {
            at = at.getParent();
        }
        return at == null ? Path.of("shared") : at.resolve("shared");
    }
}
