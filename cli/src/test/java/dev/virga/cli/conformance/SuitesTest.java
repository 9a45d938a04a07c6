package dev.virga.cli.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.cli.CommandRun;
import dev.virga.engine.nativecode.NativeEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public suites pass, but for what {@link Gates} and {@link CoreGates} name. */
class SuitesTest {

    @ParameterizedTest
    @ValueSource(strings = {"core", "component-model", "wasmtime"})
    void theSuitePassesOnThePortableEngine(String name) {
        passes(name, "portable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "component-model", "wasmtime"})
    void theSuitePassesOnTheNativeEngine(String name) {
        NativeEngine.missing().ifPresent(why -> assumeTrue(false, "skipped: " + why));
        passes(name, "native");
    }

    private static void passes(String name, String engine) {
        CommandRun run = CommandRun.of("conformance", "--engine", engine, suite(name).toString());
        assertEquals(0, run.exitCode(), run.out() + run.err());
    }

    private static Path suite(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path suite = at.resolve("shared/conformance").resolve(name);
            if (Files.isDirectory(suite)) {
                return suite;
            }
        }
        assumeTrue(false, "skipped: there is no shared/conformance beside the checkout");
        throw new AssertionError();
    }
}
