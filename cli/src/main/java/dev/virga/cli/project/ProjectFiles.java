package dev.virga.cli.project;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.host.shape.Node;
import dev.virga.host.shape.Problem;
import dev.virga.host.shape.Problems;
import dev.virga.host.shape.Yaml;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Finds and reads the file that says how a project is built. */
final class ProjectFiles {

    private static final String OWN = "virga.yaml";

    /** The first one that is there counts. */
    static final List<String> NAMES =
            List.of(OWN, ".wash/config.yaml", ".wash/config.yml", ".wash/config.json", ".wash/config.toml");

    private static final int MOST_BYTES = 1 << 20;

    private ProjectFiles() {}

    /**
     * @throws CliException.Usage if there is none, or something is wrong with it, saying in which line
     */
    static Project read(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        Path file = NAMES.stream().map(root::resolve).filter(Files::exists).findFirst().orElseThrow(() ->
                new CliException.Usage("there is no project in " + root + ": none of " + String.join(", ", NAMES)
                        + " is there; begin one with `virga new`, or write a virga.yaml with build.command and"
                        + " build.component"));
        Problems problems = new Problems(file.toString());
        List<Node> documents = Yaml.documents(text(file), problems);
        if (problems.isEmpty() && documents.size() != 1) {
            problems.add(new Node.Mark(1, 1), "", "has " + documents.size() + " documents; one is taken");
        }
        if (problems.isEmpty()) {
            var project = file.endsWith(OWN)
                    ? ProjectFile.read(documents.getFirst(), problems, root, file)
                    : WashConfig.read(documents.getFirst(), problems, root, file);
            if (project.isPresent() && problems.isEmpty()) {
                return project.get();
            }
        }
        throw new CliException.Usage(
                problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }

    /** TOML as the JSON that means the same, which is YAML too. */
    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new CliException.Usage(file + ": larger than " + MOST_BYTES + " bytes");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return file.toString().endsWith(".toml") ? new TomlMapper().readTree(text).toPrettyString() : text;
        } catch (JsonProcessingException e) {
            throw new CliException.Usage(file + ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr()
                    + ": not TOML: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new CliException.Usage(file + ": cannot be read: " + AtomicFile.reason(e));
        }
    }
}
