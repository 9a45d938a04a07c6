package dev.virga.cli.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.conformance.Command.Action;
import dev.virga.cli.conformance.Command.Refusal;
import dev.virga.cli.conformance.Command.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A script of a test suite.
 *
 * @param file the JSON file
 * @param source the {@code .wast} file that it was made from, for messages
 */
record Script(Path file, String source, List<Command> commands) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The layer field of a component's preamble (Binary, "Component Definitions"). */
    private static final byte[] COMPONENT_LAYER = {1, 0};

    Script {
        commands = List.copyOf(commands);
    }

    static boolean isScript(Path file) {
        return file.getFileName().toString().endsWith(".json") && Files.isRegularFile(file);
    }

    /**
     * Reads a script; nothing if the JSON has no commands and so is something else.
     *
     * @throws ScriptException if the file is no JSON or a command is unknown
     */
    static Optional<Script> read(Path file) {
        JsonNode root;
        try {
            root = JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new ScriptException(file + ": cannot be read as JSON: " + firstLine(e.getMessage()));
        }
        if (!root.path("commands").isArray()) {
            return Optional.empty();
        }
        List<Command> commands = new ArrayList<>();
        for (JsonNode node : root.path("commands")) {
            commands.add(command(file, node));
        }
        String source = Path.of(root.path("source_filename").asText("?")).getFileName().toString();
        return Optional.of(new Script(file, source, commands));
    }

    /** Whether the script is about components: one of its binaries has a component's preamble. */
    boolean isComponents() throws IOException {
        for (Command command : commands) {
            Optional<Path> binary = switch (command) {
                case Command.Module m -> m.source().binary();
                case Command.Definition d -> d.source().binary();
                case Command.AssertRefused r -> r.source().binary();
                default -> Optional.empty();
            };
            if (binary.isPresent() && hasComponentPreamble(binary.get())) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasComponentPreamble(Path binary) throws IOException {
        if (!Files.exists(binary)) {
            return false; // the command that needs it fails
        }
        try (InputStream in = Files.newInputStream(binary)) {
            byte[] head = in.readNBytes(8);
            return head.length == 8 && head[6] == COMPONENT_LAYER[0] && head[7] == COMPONENT_LAYER[1];
        }
    }

    private static Command command(Path file, JsonNode node) {
        int line = node.path("line").asInt();
        String type = node.path("type").asText();
        return switch (type) {
            case "module" -> new Command.Module(line, text(node, "name"), source(file, node));
            case "module_definition" -> new Command.Definition(line, text(node, "name"), source(file, node));
            case "module_instance" -> new Command.Instance(line, text(node, "instance"), text(node, "module"));
            case "register" -> new Command.Register(line, node.path("as").asText(), text(node, "name"));
            case "action" -> new Command.Perform(line, action(node));
            case "assert_return" ->
                new Command.AssertReturn(line, action(node), list(node.path("expected")));
            case "assert_trap" -> new Command.AssertTrap(line, action(node), node.path("text").asText());
            case "assert_exhaustion" ->
                new Command.AssertExhaustion(line, action(node), node.path("text").asText());
            case "assert_exception" -> new Command.AssertException(line, action(node));
            case "assert_malformed" -> refused(file, node, Refusal.MALFORMED);
            case "assert_invalid" -> refused(file, node, Refusal.INVALID);
            case "assert_unlinkable" -> refused(file, node, Refusal.UNLINKABLE);
            case "assert_uninstantiable" -> refused(file, node, Refusal.UNINSTANTIABLE);
            default -> throw new ScriptException(file + ": line " + line + ": unknown command \"" + type + "\"");
        };
    }

    private static Command refused(Path file, JsonNode node, Refusal refusal) {
        return new Command.AssertRefused(
                node.path("line").asInt(), refusal, source(file, node), node.path("text").asText());
    }

    private static Source source(Path file, JsonNode node) {
        String name = node.path("filename").asText();
        boolean isText = node.path("module_type").asText().equals("text");
        return new Source(name, (isText ? text(node, "binary_filename") : Optional.of(name)).map(file::resolveSibling));
    }

    private static Action action(JsonNode command) {
        JsonNode node = command.path("action");
        return new Action(
                node.path("type").asText().equals("get"),
                text(node, "module"),
                node.path("field").asText(),
                list(node.path("args")));
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all;
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
