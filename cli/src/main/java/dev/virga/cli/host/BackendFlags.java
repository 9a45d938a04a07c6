package dev.virga.cli.host;

import dev.virga.cli.CliException;
import dev.virga.host.manifest.Limits;
import dev.virga.host.shape.Overrides;
import dev.virga.plugin.PluginHost.Backend;
import dev.virga.plugin.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which backends manifests may choose, and what holds where they set no limits. */
public final class BackendFlags {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read backends, with their secrets from variables and files, and limits from this YAML file.")
    private Optional<Path> file;

    @Option(
            names = "--backend",
            paramLabel = "PLUGIN.NAME=KIND[,KEY=VALUE...]",
            description = "Let manifests choose this backend of a plugin, for example "
                    + "keyvalue.cache=redis,url=redis://127.0.0.1:6379; others see command lines, so secrets belong "
                    + "into the file of --config. May be given several times.")
    private List<String> backends = new ArrayList<>();

    @Option(
            names = "--links",
            paramLabel = "URL",
            description = "Carry calls to and from workloads of other hosts over NATS, as far as manifests ask for that, "
                    + "for example nats://127.0.0.1:4222; credentials belong under links in the file of --config.")
    private Optional<String> links;

    /** The file is read each time. */
    private Optional<HostConfig> config() {
        return file.map(HostConfig::read);
    }

    Limits limits() {
        return config().map(config -> config.limits().over(Limits.DEFAULT)).orElse(Limits.DEFAULT);
    }

    /** What limits may not exceed. */
    Overrides<Limits> most() {
        return config().map(HostConfig::most).orElse(Overrides.none(Limits.class));
    }

    /** How to reach what carries links; the flag wins over the file. */
    public Optional<Settings> links() {
        return links.map(url -> Settings.NONE.with("url", url)).or(() -> config().flatMap(HostConfig::links).map(config -> {
            Backend backend = config.resolve("links", System.getenv());
            if (!backend.kind().equals("nats")) {
                throw new CliException.Usage("--config: links is of kind " + backend.kind() + "; there is only nats");
            }
            return backend.settings();
        }));
    }

    /** By plugin and name; flags win over the file. */
    public Map<String, Map<String, Backend>> backends() {
        Map<String, Map<String, Backend>> all = new LinkedHashMap<>();
        config().ifPresent(config -> config.backends().forEach((plugin, named) -> named.forEach((name, backend) ->
                all.computeIfAbsent(plugin, _ -> new LinkedHashMap<>())
                        .put(name, backend.resolve(plugin + "." + name, System.getenv())))));
        backends.forEach(text -> add(text, all));
        return all;
    }

    private static void add(String text, Map<String, Map<String, Backend>> all) {
        int equals = text.indexOf('=');
        int dot = text.indexOf('.');
        if (dot < 1 || equals < dot + 2 || equals == text.length() - 1) {
            throw wrong(text);
        }
        String[] parts = text.substring(equals + 1).split(",");
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            if (pair.length < 2 || pair[0].isEmpty()) {
                throw wrong(text);
            }
            settings.put(pair[0], pair[1]);
        }
        all.computeIfAbsent(text.substring(0, dot), _ -> new LinkedHashMap<>())
                .put(text.substring(dot + 1, equals), new Backend(parts[0], new Settings(settings)));
    }

    private static CliException.Usage wrong(String text) {
        return new CliException.Usage("--backend " + text.replaceAll("=.*", "=…")
                + ": write PLUGIN.NAME=KIND,KEY=VALUE, for example keyvalue.cache=redis,url=redis://127.0.0.1:6379");
    }
}
