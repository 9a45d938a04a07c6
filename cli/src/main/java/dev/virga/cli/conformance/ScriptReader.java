package dev.virga.cli.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.conformance.Command.Action;
import dev.virga.cli.conformance.Command.Refusal;
import dev.virga.cli.conformance.Command.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads scripts as {@code wasm-tools json-from-wast} writes them. */
final class ScriptReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Ten times the largest script of the public suites. */
    private static final long MAX_BYTES = 64L << 20;

    private final Path file;

    private ScriptReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a script; nothing if the JSON has no commands and so is something else.
     *
     * @throws ScriptException if the file cannot be read as JSON
     */
    static Optional<Script> read(Path file) {
        JsonNode root;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ScriptException("the script is larger than " + (MAX_BYTES >> 20) + " MiB");
            }
            root = JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new ScriptException("the script cannot be read as JSON: " + firstLine(e.getMessage()));
        }
        if (!root.path("commands").isArray()) {
            return Optional.empty();
        }
        ScriptReader reader = new ScriptReader(file);
        List<Command> commands = new ArrayList<>();
        root.path("commands").forEach(node -> commands.add(reader.read(node)));
        return Optional.of(Script.of(commands));
    }

    private Command read(JsonNode node) {
        int line = node.path("line").asInt();
        try {
            return command(line, node);
        } catch (ScriptException e) {
            return new Command.Unreadable(line, e.getMessage());
        }
    }

    private Command command(int line, JsonNode node) {
        String type = node.path("type").asText();
        return switch (type) {
            case "module" -> new Command.Module(line, text(node, "name"), binary(node));
            case "module_definition" -> new Command.Definition(line, text(node, "name"), binary(node));
            case "module_instance" -> new Command.Instance(line, text(node, "instance"), text(node, "module"));
            case "register" -> new Command.Register(line, required(node, "as"), text(node, "name"));
            case "action" -> new Command.Perform(line, action(node));
            case "assert_return" -> new Command.AssertReturn(line, action(node), list(node, "expected"));
            case "assert_trap" -> new Command.AssertTrap(line, action(node), required(node, "text"));
            case "assert_exhaustion" -> new Command.AssertTrap(line, action(node), required(node, "text"));
            case "assert_exception" -> new Command.AssertException(line, action(node));
            case "assert_malformed", "assert_malformed_custom" -> refused(line, node, Refusal.MALFORMED);
            case "assert_invalid", "assert_invalid_custom" -> refused(line, node, Refusal.INVALID);
            case "assert_unlinkable" -> refused(line, node, Refusal.UNLINKABLE);
            case "assert_uninstantiable" -> refused(line, node, Refusal.UNINSTANTIABLE);
            case "" -> throw new ScriptException("a command without a type");
            default -> throw new ScriptException("unknown command \"" + type + "\"");
        };
    }

    private Command refused(int line, JsonNode node, Refusal refusal) {
        return new Command.AssertRefused(line, refusal, binary(node), required(node, "text"));
    }

    private Source binary(JsonNode node) {
        String name = required(node, "filename");
        boolean isText = node.path("module_type").asText().equals("text");
        return new Source(name, (isText ? text(node, "binary_filename") : Optional.of(name)).map(this::beside));
    }

    /** Binaries lie beside their script; a script does not reach elsewhere. */
    private Path beside(String name) {
        try {
            Path path = Path.of(name);
            if (path.equals(path.getFileName()) && !name.equals("..") && !name.equals(".")) {
                return file.resolveSibling(path);
            }
        } catch (InvalidPathException e) {
            // no name of a file either
        }
        throw new ScriptException("\"" + name + "\" does not name a file beside the script");
    }

    private static Action action(JsonNode command) {
        JsonNode node = command.path("action");
        boolean get = switch (node.path("type").asText()) {
            case "invoke" -> false;
            case "get" -> true;
            default -> throw new ScriptException("unknown action \"" + node.path("type").asText() + "\"");
        };
        return new Action(get, text(node, "module"), required(node, "field"), get ? List.of() : list(node, "args"));
    }

    private static List<JsonNode> list(JsonNode node, String field) {
        if (!node.path(field).isArray()) {
            throw new ScriptException("a command without a list \"" + field + "\"");
        }
        List<JsonNode> all = new ArrayList<>();
        node.get(field).forEach(all::add);
        return all;
    }

    private static String required(JsonNode node, String field) {
        return text(node, field).orElseThrow(() -> new ScriptException("a command without \"" + field + "\""));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
