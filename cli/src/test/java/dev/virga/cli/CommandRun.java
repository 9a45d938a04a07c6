package dev.virga.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** How a command line went that was run in this process. */
public record CommandRun(int exitCode, String out, String err) {

    public static CommandRun of(String... args) {
        return withInput("", args);
    }

    public static CommandRun withInput(String input, String... args) {
        return with(System.getenv(), input, args);
    }

    public static CommandRun with(Map<String, String> environment, String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code;
        try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            Console console = new Console(
                    new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), outStream, errStream, environment);
            code = VirgaCommand.execute(console, args);
        }
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A guest of src/test/guests, whose sources stand beside it. */
    public static String guest(String name) {
        return Path.of("src", "test", "guests", name + ".wasm").toString();
    }

    public static String example(String name) {
        return Path.of("..", "examples", name).toString();
    }
}
