package dev.virga.cli.wit;

import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.wit.PackageName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga wit add}. */
@Command(
        name = "add",
        description = "Adds dependencies to a package, and fetches them with all that they need.",
        footer = {
            "",
            "Without a version it is the newest release. Packages of wasi are at ghcr.io/webassembly; for others "
                + "--registry says it once, and deps.yaml keeps it. A package a:b@1.0.0 is the image HOST/PREFIX/a/b:1.0.0.",
            "",
            "Examples:",
            "  virga wit add wasi:http@0.2.3",
            "  virga wit add --registry registry.example.com/wit acme:billing",
            "  virga wit add --path ../types/wit"
        })
final class AddCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "PACKAGE", description = "NAMESPACE:NAME[@VERSION].")
    private List<String> names = List.of();

    @Option(names = "--path", paramLabel = "DIR|FILE", description = "Add the package in this folder or file.")
    private Optional<Path> path = Optional.empty();

    @Option(
            names = "--registry",
            paramLabel = "HOST[:PORT][/PREFIX]",
            description = "Where packages of these namespaces are.")
    private Optional<String> registry = Optional.empty();

    @Mixin
    private DependencyOptions options;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    AddCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (names.isEmpty() && path.isEmpty()) {
            throw new CliException.Usage("add what? Name a package, for example wasi:http@0.2.3, or give --path");
        }
        Manifest manifest = options.folder().manifest();
        for (String text : names) {
            PackageName name = PackageRef.require(text);
            if (registry.isPresent()) {
                manifest = manifest.withRegistry(name.namespace(), registry.get());
            }
            manifest = manifest.with(versioned(name, manifest));
        }
        if (path.isPresent()) {
            Path from = options.folder().path().toAbsolutePath().normalize();
            manifest = manifest.with(
                    Fetcher.name(path.get()), from.relativize(path.get().toAbsolutePath().normalize()));
        }
        options.settle(console, manifest, options.folder().lock());
        return ExitCode.OK;
    }

    private PackageName versioned(PackageName name, Manifest manifest) {
        return name.version().isPresent()
                ? name
                : new PackageName(name.namespace(), name.name(), Optional.of(
                        options.packages(console).newest(name, manifest.registries(), Optional.empty())));
    }
}
