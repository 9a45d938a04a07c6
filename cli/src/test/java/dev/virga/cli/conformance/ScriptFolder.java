package dev.virga.cli.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A folder to write scripts to, each with some binaries beside it. */
record ScriptFolder(Path path) {

    /** Guests of src/test/guests. */
    private static final List<String> GUESTS = List.of("core", "start-loop", "trap");

    /** {@code (module (func (export "f") (loop br 0)))} */
    private static final String LOOP = "0061736d0100000001040160000003020100070501016600000a0901070003400c000b0b";

    /**
     * {@code (module (memory 1) (func (export "f") (loop (br_if 0 (i32.ne (memory.grow (i32.const 16)) (i32.const -1))))
     * unreachable))}
     */
    private static final String GROW = "0061736d01000000010401600000030201000503010001070501016600000a11010f00034041104000417f"
            + "470d000b000b";

    /** {@code (module (func $f (loop br 0)) (start $f))} */
    private static final String START = "0061736d01000000010401600000030201000801000a0901070003400c000b0b";

    /** {@code (component (core module (memory 400)) (core instance (instantiate 0)))} */
    private static final String LARGE = "0061736d0d000100010e0061736d01000000050401009003020401000000";

    static final String CALL = "\"action\": {\"type\": \"invoke\", \"field\": \"f\", \"args\": []}";

    /** Writes NAME/NAME.json with these commands, separated by commas. */
    void script(String name, String... commands) throws IOException {
        write(name, "{\"source_filename\": \"" + name + ".wast\", \"commands\": [" + String.join(",\n", commands) + "]}");
    }

    /** Writes NAME/NAME.json. */
    void write(String name, String json) throws IOException {
        Path folder = Files.createDirectories(path.resolve(name));
        Files.writeString(folder.resolve(name + ".json"), json);
        for (String guest : GUESTS) {
            Files.copy(Path.of(CommandRun.guest(guest)), folder.resolve(guest + ".wasm"));
        }
        Files.write(folder.resolve("loop.wasm"), HexFormat.of().parseHex(LOOP));
        Files.write(folder.resolve("grow.wasm"), HexFormat.of().parseHex(GROW));
        Files.write(folder.resolve("large.wasm"), HexFormat.of().parseHex(LARGE));
        Files.write(folder.resolve("start.wasm"), HexFormat.of().parseHex(START));
    }

    static String module(int line, String binary) {
        return "{\"type\": \"module\", \"line\": " + line + ", \"filename\": \"" + binary
                + ".wasm\", \"module_type\": \"binary\"}";
    }

    /** Asserts that {@code f} returns nothing. */
    static String returns(int line) {
        return "{\"type\": \"assert_return\", \"line\": " + line + ", \"expected\": [], " + CALL + "}";
    }

    static String traps(int line, String text) {
        return "{\"type\": \"assert_trap\", \"line\": " + line + ", \"text\": \"" + text + "\", " + CALL + "}";
    }

    CommandRun run(String... options) {
        return CommandRun.of(
                Stream.of(Stream.of("conformance"), Stream.of(options), Stream.of(path.toString()))
                        .flatMap(s -> s)
                        .toArray(String[]::new));
    }

    /** Checks the last line. */
    static void counts(String expected, CommandRun run) {
        assertEquals(expected, run.out().lines().toList().getLast(), run.out() + run.err());
    }
}
