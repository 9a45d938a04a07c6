package dev.virga.cli.host;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.host.manifest.Limits;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Node;
import dev.virga.host.shape.Overrides;
import dev.virga.host.shape.Place;
import dev.virga.host.shape.Problem;
import dev.virga.host.shape.Problems;
import dev.virga.host.shape.Struct;
import dev.virga.host.shape.Text;
import dev.virga.host.shape.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a host's operator sets in the file of {@code --config}. */
record HostConfig(
        @Field(value = "Backends that manifests may choose, by plugin and then by name.", keys = Text.IDENTIFIER)
                Map<String, Map<String, BackendConfig>> backends,
        @Field("What carries calls to and from workloads of other hosts, of kind nats.") Optional<BackendConfig> links,
        @Field("Limits of workloads that set none.") Overrides<Limits> limits,
        @Field("What limits of workloads may not exceed.") Overrides<Limits> most) {

    private static final int MAX_FILE = 1 << 20;

    /** @throws CliException.Usage saying what is wrong, and in which line */
    static HostConfig read(Path file) {
        Problems problems = new Problems(file.toString());
        List<Node> documents = Yaml.documents(text(file), problems);
        if (documents.size() != 1 && problems.isEmpty()) {
            throw new CliException.Usage("--config " + file + ": has " + documents.size() + " documents; one is taken");
        }
        Optional<HostConfig> config = problems.isEmpty()
                ? Struct.of(HostConfig.class).read(new Place(documents.getFirst(), "", problems))
                : Optional.empty();
        return config.filter(_ -> problems.isEmpty())
                .orElseThrow(() -> new CliException.Usage("--config: " + problems.list().stream()
                        .map(Problem::toString)
                        .collect(Collectors.joining("\n"))));
    }

    /** Of a file that is not large, as those are that hold settings. */
    static String text(Path file) {
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
