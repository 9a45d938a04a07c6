package dev.virga.cli.wit;

import static dev.virga.cli.CommandRun.example;
import static dev.virga.cli.CommandRun.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitCommandTest {

    @TempDir
    Path folder;

    private Path wit;

    @BeforeEach
    void aPackageWithADependency() throws IOException {
        wit = folder.resolve("wit");
        Files.createDirectories(wit.resolve("deps/dep"));
        Files.writeString(wit.resolve("deps/dep/dep.wit"), "package dep:one@1.0.0; interface types { resource r; }");
        Files.writeString(wit.resolve("world.wit"), """
                package my:app@0.1.0;
                world w { export run: func(); include v; }
                world v { import app; }
                """);
        Files.writeString(wit.resolve("app.wit"), """
                /// what it does
                interface app {
                  use dep:one/types@1.0.0.{r};
                  f: func() -> r;
                  @unstable(feature = more) g: func();
                }
                """);
    }

    private static CommandRun good(String... args) {
        CommandRun run = CommandRun.of(args);
        assertEquals(0, run.exitCode(), run.err() + run.out());
        return run;
    }

    @Test
    void everyCommandHasHelpWithExamples() {
        assertTrue(good("wit", "--help").out().contains("Examples:"));
        for (String command : List.of("fmt", "check", "print", "build")) {
            String help = good("wit", command, "--help").out();
            assertTrue(help.contains("Examples:") && help.contains("--output"), help);
        }
    }

    @Test
    void noCommandOrAMistypedOneIsBadUsage() {
        CommandRun none = CommandRun.of("wit");
        assertEquals(2, none.exitCode());
        assertTrue(none.err().contains("which command?"), none.err());
        CommandRun mistyped = CommandRun.of("wit", "chekc", "wit");
        assertEquals(2, mistyped.exitCode());
        assertTrue(mistyped.err().contains("did you mean check?"), mistyped.err());
    }

    @Test
    void aPackageIsPrintedResolved() {
        String text = good("wit", "print", wit.toString()).out();
        assertEquals("""
                package my:app@0.1.0;

                /// what it does
                interface app {
                  use dep:one/types@1.0.0.{r};

                  f: func() -> r;
                }

                world w {
                  import dep:one/types@1.0.0;
                  import app;

                  export run: func();
                }

                world v {
                  import dep:one/types@1.0.0;
                  import app;
                }

                package dep:one@1.0.0 {
                  interface types {
                    resource r;
                  }
                }
                """, text);
        for (String[] features : new String[][] {{"--features", "x,more"}, {"--all-features"}}) {
            String[] args = java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("wit", "print", wit.toString()), java.util.stream.Stream.of(features))
                    .toArray(String[]::new);
            assertTrue(good(args).out().contains("@unstable(feature = more)\n  g: func();"));
        }
    }

    @Test
    void theWitOfAComponentIsPrinted() throws IOException {
        String text = good("wit", "print", example("http-api/api.wasm")).out();
        assertTrue(text.startsWith("package root:component;\n"), text);
        assertTrue(text.contains("export wasi:http/incoming-handler@"), text);
        JsonNode json = new ObjectMapper().readTree(
                good("wit", "print", "--output", "json", example("http-api/api.wasm")).out());
        assertEquals(text, json.path("wit").asText());
        assertEquals(example("http-api/api.wasm"), json.path("file").asText());
    }

    @Test
    void whatIsBuiltIsPrintedAndCheckedLikeTheText() throws IOException {
        Path out = folder.resolve("app.wasm");
        CommandRun build = good("wit", "build", wit.toString(), "-o", out.toString());
        assertEquals(out + ": the package my:app@0.1.0, " + Files.size(out) + " bytes\n", build.out());
        String printed = good("wit", "print", out.toString()).out();
        assertEquals(good("wit", "print", wit.toString()).out(), printed);
        assertEquals("nothing is wrong\n", good("wit", "check", out.toString()).out());
        JsonNode json = new ObjectMapper().readTree(good(
                "wit", "build", "--output=json", "--all-features", "--out", out.toString(), wit.toString()).out());
        assertEquals("my:app@0.1.0", json.path("package").asText());
        assertEquals(Files.size(out), json.path("size").asLong());
        assertTrue(good("wit", "print", out.toString()).out().contains("g: func();"));
    }

    @Test
    void anEncodedPackageIsADependency() throws IOException {
        Path app = folder.resolve("other/deps/app.wasm");
        Files.createDirectories(app.getParent());
        good("wit", "build", wit.toString(), "-o", app.toString());
        Path other = Files.writeString(folder.resolve("other/other.wit"), "package o:o; interface i { use my:app/app@0.1.0.{r}; }");
        assertEquals("nothing is wrong\n", good("wit", "check", other.getParent().toString()).out());
    }

    @Test
    void everythingThatIsWrongIsSaidWithItsPlace() throws IOException {
        Path app = Files.writeString(wit.resolve("app.wit"), """
                interface app {
                  use dep:one/types@1.0.0.{q};
                  f: func() -> nope;
                }
                """);
        CommandRun run = CommandRun.of("wit", "check", wit.toString());
        assertEquals(1, run.exitCode());
        assertEquals(List.of(
                        app + ":2:28: the interface dep:one/types@1.0.0 has no type 'q'",
                        app + ":3:16: there is no type 'nope' here",
                        "2 mistakes, 0 warnings"),
                run.out().lines().toList());
        JsonNode json = new ObjectMapper().readTree(
                CommandRun.of("wit", "check", "--output", "json", wit.toString()).out());
        assertEquals("error", json.at("/problems/0/severity").asText());
        assertEquals(app.toString(), json.at("/problems/0/file").asText());
        assertEquals(2, json.at("/problems/0/line").asInt());
        assertEquals(28, json.at("/problems/0/column").asInt());
        assertEquals("there is no type 'nope' here", json.at("/problems/1/message").asText());
    }

    @Test
    void warningsFailOnlyAStrictCheck() throws IOException {
        Files.writeString(wit.resolve("app.wit"), """
                @since(version = 0.1.0)
                interface app { f: func(); }
                """);
        Files.writeString(wit.resolve("world.wit"), "package my:app@0.1.0;");
        CommandRun run = good("wit", "check", wit.toString());
        assertTrue(run.out().contains("app.wit:2:17: warning: this is part of something that is gated"), run.out());
        assertTrue(run.out().endsWith("0 mistakes, 1 warning\n"), run.out());
        assertEquals(1, CommandRun.of("wit", "check", "--strict", wit.toString()).exitCode());
    }

    /** With the feature all is there, but without it the world has no interface. */
    @Test
    void whatNeedsAFeatureWithoutSayingSoIsWrong() throws IOException {
        Files.writeString(wit.resolve("app.wit"), "@unstable(feature = x) interface app {}");
        CommandRun run = CommandRun.of("wit", "check", wit.toString());
        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("needs the feature 'x', which is not enabled"), run.out());
    }

    @Test
    void malformedTextFailsPrintAndBuildWithItsPlace() throws IOException {
        Path bad = Files.writeString(wit.resolve("app.wit"), "interface app { f: func() }");
        Path out = Files.writeString(folder.resolve("out.wasm"), "as it was");
        for (CommandRun run : List.of(
                CommandRun.of("wit", "print", wit.toString()),
                CommandRun.of("wit", "build", wit.toString(), "-o", out.toString()))) {
            assertEquals(1, run.exitCode());
            assertEquals("virga: " + bad + ":1:27: expected ';' after the function's type, found '}'\n", run.err());
        }
        assertEquals("as it was", Files.readString(out));
    }

    @Test
    void binariesThatAreNoneAreRefused() throws IOException {
        assertTrue(CommandRun.of("wit", "print", guest("core")).err().contains("a core module, not a component"));
        byte[] whole = Files.readAllBytes(Path.of(example("http-api/api.wasm")));
        Path cut = Files.write(folder.resolve("cut.wasm"), java.util.Arrays.copyOf(whole, 100));
        for (String command : List.of("print", "check")) {
            CommandRun run = CommandRun.of("wit", command, cut.toString());
            assertEquals(1, run.exitCode());
            assertTrue((run.err() + run.out()).contains(cut + ": damaged or truncated: "), run.err() + run.out());
        }
        Files.write(wit.resolve("deps/cut.wasm"), java.util.Arrays.copyOf(whole, 100));
        assertTrue(CommandRun.of("wit", "print", wit.toString()).err().contains("deps/cut.wasm: "));
        assertEquals(1, CommandRun.of("wit", "check", wit.toString()).exitCode());
    }

    @Test
    void whatIsNotThereIsBadUsage() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        for (String[] args : new String[][] {
            {"wit", "print", "nowhere"}, {"wit", "check", "nowhere.wit"}, {"wit", "check"}, {"wit", "print"},
            {"wit", "print", empty.toString()}, {"wit", "build", wit.toString()},
            {"wit", "build", example("http-api/api.wasm"), "-o", folder.resolve("x.wasm").toString()}
        }) {
            CommandRun run = CommandRun.of(args);
            assertEquals(2, run.exitCode(), String.join(" ", args) + run.err());
            assertTrue(run.err().startsWith("virga: "), run.err());
        }
    }

    @Test
    void aPackageWithNothingInItIsNotEncoded() throws IOException {
        Path file = Files.writeString(folder.resolve("a.wit"), "package a:b;");
        Path out = folder.resolve("x.wasm");
        CommandRun run = CommandRun.of("wit", "build", file.toString(), "-o", out.toString());
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("nothing to encode"), run.err());
        CommandRun nowhere = CommandRun.of("wit", "build", wit.toString(), "-o", folder.resolve("no/x.wasm").toString());
        assertEquals(2, nowhere.exitCode());
        assertTrue(nowhere.err().contains("no such directory"), nowhere.err());
    }
}
