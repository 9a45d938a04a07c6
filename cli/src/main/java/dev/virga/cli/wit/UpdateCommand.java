package dev.virga.cli.wit;

import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.wit.PackageName;
import dev.virga.wit.Version;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga wit update}. */
@Command(
        name = "update",
        description = "Takes the newest compatible versions of dependencies, and what their tags stand for now.",
        footer = {
            "",
            "Compatible is what has the same major version, or below 1.0 the same minor one. Your own .wit files name "
                + "versions too, and are left as they are: the command says which have moved.",
            "",
            "Examples:",
            "  virga wit update",
            "  virga wit update wasi:http"
        })
final class UpdateCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "PACKAGE", description = "NAMESPACE:NAME (default: all).")
    private List<String> names = List.of();

    @Mixin
    private DependencyOptions options;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    UpdateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Manifest manifest = options.folder().manifest();
        Manifest before = manifest;
        List<String> updated = names.isEmpty()
                ? List.copyOf(before.packages().keySet())
                : names.stream().map(name -> RemoveCommand.declared(name, before)).toList();
        for (String name : updated) {
            if (before.packages().containsKey(name)) {
                manifest = manifest.with(newest(before.named(name), before));
            }
        }
        // All, where all is asked for: what dependencies need may have moved, too.
        options.settle(console, manifest, names.isEmpty() ? Lock.EMPTY : options.folder().lock().without(updated));
        if (!options.json()) {
            tellMoved(before, manifest);
        }
        return ExitCode.OK;
    }

    private PackageName newest(PackageName name, Manifest manifest) {
        Version newest = options.packages(console).newest(name, manifest.registries(), name.version());
        return new PackageName(name.namespace(), name.name(), Optional.of(newest));
    }

    private void tellMoved(Manifest before, Manifest now) {
        now.packages().forEach((name, version) -> {
            String old = before.packages().get(name);
            if (old != null && !old.equals(version)) {
                console.err().println("virga: " + name + "@" + old + " is " + name + "@" + version
                        + " now; change it where your .wit files name it");
            }
        });
    }
}
