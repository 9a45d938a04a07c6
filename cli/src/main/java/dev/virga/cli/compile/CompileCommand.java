package dev.virga.cli.compile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.Console;
import dev.virga.cli.EngineOption;
import dev.virga.cli.ExitCode;
import dev.virga.cli.GuestFile;
import dev.virga.cli.OutputOption;
import dev.virga.cli.Progress;
import dev.virga.component.ComponentLoader;
import dev.virga.component.ComponentLoader.Loaded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga compile}. */
@Command(
        name = "compile",
        description = "Compiles components into the cache, so that their first start is as quick as the others.",
        footer = {
            "",
            "Compiled code lies in the user's cache directory ($XDG_CACHE_HOME/virga) and",
            "is for this version of Virga and this kind of processor.",
            "It ends at the first file that cannot be compiled.",
            "",
            "Examples:",
            "  virga compile service.wasm",
            "  virga compile --engine portable --output json service.wasm auth.wasm"
        })
public final class CompileCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Components.")
    private List<Path> paths;

    @Mixin
    private EngineOption engineOption;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public CompileCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode files = all.putArray("files");
        try (ComponentLoader loader = engineOption.loader()) {
            for (Path path : paths) {
                Compiled compiled = compile(GuestFile.read(path), loader);
                if (output.json()) {
                    compiled.json(files.addObject());
                } else {
                    console.out().println(compiled.text());
                }
            }
        }
        if (output.json()) {
            console.out().println(all);
        }
        return ExitCode.OK;
    }

    private Compiled compile(GuestFile file, ComponentLoader loader) {
        long start = System.nanoTime();
        Loaded loaded;
        try (Progress _ = Progress.of(console, "compiling " + file.name())) {
            loaded = file.load(loader);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Compiled(
                file.name(), engineOption.use(loaded), loaded.component().codeSize(), loaded.cached(), time);
    }
}
