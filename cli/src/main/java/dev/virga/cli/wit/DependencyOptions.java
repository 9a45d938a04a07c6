package dev.virga.cli.wit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.CacheDirectory;
import dev.virga.cli.Console;
import dev.virga.cli.OutputOption;
import dev.virga.cli.oci.RegistryOptions;
import dev.virga.oci.ImageStore;
import dev.virga.oci.RegistrySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands for dependencies have in common. */
final class DependencyOptions {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "wit",
            description = "The package's folder (default: ${DEFAULT-VALUE}).")
    private Path path;

    @Option(names = "--offline", description = "Ask no registry: what is needed must be in the cache.")
    private boolean offline;

    @Mixin
    private RegistryOptions registry;

    @Mixin
    private OutputOption output;

    DependencyFolder folder() {
        return new DependencyFolder(path);
    }

    Packages packages(Console console) {
        Path cache = CacheDirectory.find(console.environment()).resolve("images");
        return new Packages(console, registry, new ImageStore(cache, RegistrySettings.DEFAULT), offline);
    }

    /** Fetches what the manifest says, writes all that is new, and says so. */
    void settle(Console console, Manifest manifest, Lock lock) {
        keep(console, manifest, fetch(console, manifest, lock));
    }

    Map<Lock.Entry, String> fetch(Console console, Manifest manifest, Lock lock) {
        return Fetcher.fetch(folder(), manifest, lock, packages(console));
    }

    void keep(Console console, Manifest manifest, Map<Lock.Entry, String> packages) {
        Lock before = folder().lock();
        folder().write(manifest, packages);
        report(console, before, new Lock(List.copyOf(packages.keySet())));
    }

    private void report(Console console, Lock before, Lock now) {
        if (output.json()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode().put("folder", path.toString());
            ArrayNode array = all.putArray("packages");
            now.packages().forEach(p -> array.addObject()
                    .put("name", p.name())
                    .put("source", p.source())
                    .put("digest", p.digest()));
            console.out().println(all);
            return;
        }
        now.packages().stream()
                .filter(p -> !before.packages().contains(p))
                .forEach(p -> console.out().println("+ " + p.name() + " " + p.source()));
        before.packages().stream()
                .filter(p -> !now.packages().contains(p))
                .forEach(p -> console.out().println("- " + p.name() + " " + p.source()));
        console.out().println(path.resolve("deps") + ": " + now.packages().size()
                + (now.packages().size() == 1 ? " package" : " packages"));
    }

    boolean json() {
        return output.json();
    }
}
