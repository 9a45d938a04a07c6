package dev.virga.cli.wit;

import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.host.shape.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga wit remove}. */
@Command(
        name = "remove",
        description = "Takes dependencies away from a package, with all that only they need.",
        footer = {
            "",
            "Examples:",
            "  virga wit remove wasi:http",
            "  virga wit remove --dir api/wit acme:billing acme:types"
        })
final class RemoveCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "PACKAGE", description = "NAMESPACE:NAME.")
    private List<String> names;

    @Mixin
    private DependencyOptions options;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    RemoveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Manifest manifest = options.folder().manifest();
        for (String text : names) {
            manifest = manifest.without(declared(text, manifest));
        }
        options.settle(console, manifest, options.folder().lock());
        return ExitCode.OK;
    }

    /** @throws CliException.Usage if the manifest has no such dependency */
    static String declared(String text, Manifest manifest) {
        String name = PackageRef.bare(PackageRef.require(text));
        List<String> known = new ArrayList<>(manifest.packages().keySet());
        known.addAll(manifest.paths().keySet());
        if (!known.contains(name)) {
            throw new CliException.Usage("deps.yaml has no " + name
                    + Suggestions.question(name, known).orElse(known.isEmpty() ? "" : "; it has " + String.join(", ", known)));
        }
        return name;
    }
}
