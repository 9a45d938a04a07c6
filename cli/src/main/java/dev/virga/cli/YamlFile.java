package dev.virga.cli;

import dev.virga.host.shape.Node;
import dev.virga.host.shape.Place;
import dev.virga.host.shape.Problem;
import dev.virga.host.shape.Problems;
import dev.virga.host.shape.Struct;
import dev.virga.host.shape.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Files that hold settings, as YAML. */
public final class YamlFile {

    private static final int MAX_FILE = 1 << 20;

    private YamlFile() {}

    /**
     * Reads a file of one document.
     *
     * @param what for messages, with a colon, or nothing
     * @throws CliException.Usage saying what is wrong, and in which line
     */
    public static <R extends Record> R read(String what, Path file, Class<R> type) {
        Problems problems = new Problems(file.toString());
        List<Node> documents = Yaml.documents(text(file), problems);
        if (documents.size() != 1 && problems.isEmpty()) {
            throw new CliException.Usage(what + file + ": has " + documents.size() + " documents; one is taken");
        }
        Optional<R> read = problems.isEmpty()
                ? Struct.of(type).read(new Place(documents.getFirst(), "", problems))
                : Optional.empty();
        return read.filter(_ -> problems.isEmpty())
                .orElseThrow(() -> new CliException.Usage(what + problems.list().stream()
                        .map(Problem::toString)
                        .collect(Collectors.joining("\n"))));
    }

    /** As {@link #read} takes it. */
    public static <R extends Record> String print(R value, Class<R> type) {
        return Yaml.print(List.of(Struct.of(type).write(value)));
    }

    /** Of a file that is not large, as those are that hold settings. */
    public static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE + 1);
            if (bytes.length > MAX_FILE) {
                throw new CliException.Usage(file + ": larger than " + MAX_FILE + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CliException.Usage(file + ": cannot be read: " + AtomicFile.reason(e));
        }
    }
}
