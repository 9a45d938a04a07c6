package dev.virga.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** What holds for each command, also for those that are yet to come. */
class CommandTreeTest {

    private static Console silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new Console(InputStream.nullInputStream(), nowhere, nowhere);
    }

    private static CommandLine model() {
        CommandLine model = VirgaCommand.model(silent());
        model.setCaseInsensitiveEnumValuesAllowed(true);
        model.getSubcommands().get("run").setStopAtPositional(true);
        return model;
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(CommandTreeTest::leaves);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandHasExamplesThatItUnderstands() {
        return leaves(model()).map(leaf -> DynamicTest.dynamicTest(leaf.getCommandSpec().qualifiedName(), () -> {
            List<String> examples = examples(leaf);
            assertFalse(examples.isEmpty(), "no example that begins with " + leaf.getCommandSpec().qualifiedName());
            for (String example : examples) {
                assertDoesNotThrow(() -> model().parseArgs(words(example)), example);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandHasADescriptionHelpAndOutput() {
        return leaves(model()).map(leaf -> DynamicTest.dynamicTest(leaf.getCommandSpec().qualifiedName(), () -> {
            assertTrue(leaf.getCommandSpec().usageMessage().description().length > 0);
            assertTrue(leaf.getCommandSpec().optionsMap().containsKey("--help"));
            assertTrue(leaf.getCommandSpec().optionsMap().containsKey("--output"));
        }));
    }

    /** Of this command, out of its help: lines that go on are joined, and what is for the shell is cut off. */
    private static List<String> examples(CommandLine leaf) {
        String name = leaf.getCommandSpec().qualifiedName() + " ";
        String footer = String.join("\n", leaf.getCommandSpec().usageMessage().footer());
        assertTrue(footer.contains("\nExamples:\n"), "no section of examples in: " + footer);
        String lines = footer.substring(footer.indexOf("\nExamples:\n")).replaceAll("\\\\\n\\s*", "");
        List<String> examples = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            for (String part : line.split("\\||&&|;| #| >>? |[()]|, and then |, ")) {
                String command = part.strip().replaceFirst("^([A-Z_]+=\\S+ )+", "");
                if ((command + " ").startsWith(name)) {
                    examples.add(command);
                }
            }
        }
        return examples;
    }

    private static String[] words(String example) {
        return Arrays.stream(example.strip().split("\\s+")).skip(1).map(w -> w.replaceAll("[\"']", "")).toArray(String[]::new);
    }
}
