package dev.virga.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Objects for a cluster as files of this repository have them. */
final class Documents {

    static final Path DEPLOY = Path.of("..", "deploy");

    private static final Pattern BLOCK = Pattern.compile("^```yaml\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SEPARATOR = Pattern.compile("^---[ \t]*(?:#.*)?$", Pattern.MULTILINE);

    private Documents() {}

    static List<JsonNode> of(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static List<JsonNode> parse(String yaml) {
        return SEPARATOR.splitAsStream(yaml)
                .filter(document -> document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .map(document -> (JsonNode) Serialization.unmarshal(document, JsonNode.class))
                .filter(JsonNode::isObject)
                .toList();
    }

    /** Of a guide's blocks, those that are whole objects. */
    static List<JsonNode> ofGuide(Path guide) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(guide));
        while (block.find()) {
            parse(block.group(1)).stream().filter(d -> d.has("apiVersion") && d.has("kind")).forEach(all::add);
        }
        return all;
    }

    static List<Path> in(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }
}
