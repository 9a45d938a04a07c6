package dev.virga.cli.wit;

import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga wit fetch}. */
@Command(
        name = "fetch",
        description = "Puts what a package depends on into its folder deps, as deps.yaml and deps.lock say.",
        footer = {
            "",
            "What the lock has and the cache holds needs no network.",
            "",
            "Examples:",
            "  virga wit fetch",
            "  virga wit fetch --locked --dir api/wit"
        })
final class FetchCommand implements Callable<Integer> {

    @Mixin
    private DependencyOptions options;

    @Option(names = "--locked", description = "Fail if deps.lock would change: for CI.")
    private boolean locked;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    FetchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DependencyFolder folder = options.folder();
        if (!Files.exists(folder.manifestFile())) {
            throw new CliException.Usage(folder.manifestFile() + ": there is none; begin with `virga wit add --dir "
                    + folder.path() + " PACKAGE`");
        }
        Manifest manifest = folder.manifest();
        Lock lock = folder.lock();
        Map<Lock.Entry, String> packages = options.fetch(console, manifest, lock);
        if (locked && !new Lock(List.copyOf(packages.keySet())).equals(lock)) {
            throw new CliException.Failed(folder.lockFile()
                    + ": not what deps.yaml needs now; run `virga wit fetch` and keep the new one with the sources");
        }
        options.keep(console, manifest, packages);
        return ExitCode.OK;
    }
}
