package dev.virga.cli.doctor;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.host.PluginCheck;
import dev.virga.host.manifest.Manifest;
import dev.virga.plugin.PluginHost.Backend;
import dev.virga.plugin.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Backends, what manifests want of them, and whether their servers answer. */
final class BackendLook {

    private BackendLook() {}

    static List<Finding> look(
            Map<String, Map<String, Backend>> backends, Optional<Settings> links, List<Manifest> manifests) {
        List<Finding> findings = new ArrayList<>();
        if (backends.isEmpty() && links.isEmpty() && manifests.isEmpty()) {
            return findings;
        }
        for (String problem : problems(backends, manifests)) {
            findings.add(Finding.broken(
                    "plugins", problem, "correct the file, or give --config or --backend as the host has them"));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.good("plugins", "backends and manifests fit together"));
        }
        backends.forEach((plugin, named) -> named.forEach((name, backend) ->
                reach("backend " + plugin + "." + name, backend.settings(), findings)));
        links.ifPresent(settings -> reach("links", settings, findings));
        return findings;
    }

    private static void reach(String what, Settings settings, List<Finding> findings) {
        for (Server server : Server.of(settings)) {
            findings.add(server.missing()
                    .map(why -> Finding.broken(what, server + " " + why, server.fix()))
                    .orElseGet(() -> Finding.good(what, server + " answers")));
        }
    }

    /** In a folder of its own: the host's may be in use. */
    private static List<String> problems(Map<String, Map<String, Backend>> backends, List<Manifest> manifests) {
        try {
            Path scratch = Files.createTempDirectory("virga-doctor");
            try {
                return PluginCheck.problems(scratch, backends, manifests);
            } finally {
                delete(scratch);
            }
        } catch (IOException e) {
            throw new CliException.Failed("a folder for a while cannot be used: " + AtomicFile.reason(e));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
