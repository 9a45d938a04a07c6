package dev.virga.cli.host;

import dev.virga.cli.YamlFile;
import dev.virga.host.manifest.Limits;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Overrides;
import dev.virga.host.shape.Text;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a host's operator sets in the file of {@code --config}. */
record HostConfig(
        @Field(value = "Backends that manifests may choose, by plugin and then by name.", keys = Text.IDENTIFIER)
                Map<String, Map<String, BackendConfig>> backends,
        @Field("What carries calls to and from workloads of other hosts, of kind nats.") Optional<BackendConfig> links,
        @Field("Limits of workloads that set none.") Overrides<Limits> limits,
        @Field("What limits of workloads may not exceed.") Overrides<Limits> most) {

    /** @throws dev.virga.cli.CliException.Usage saying what is wrong, and in which line */
    static HostConfig read(Path file) {
        return YamlFile.read("--config: ", file, HostConfig.class);
    }
}
