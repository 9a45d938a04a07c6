package dev.virga.cli.conformance;

import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.DurationConverter;
import dev.virga.cli.EngineOption;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga conformance}. */
@Command(
        name = "conformance",
        description = "Runs the WebAssembly test suites, as made by `wasm-tools json-from-wast`.",
        footer = {
            "",
            "Prints each failure, a summary by folder and, last, `N passed, N failed, N skipped`.",
            "",
            "Examples:",
            "  virga conformance suites/component-model",
            "  virga conformance --filter values/ --output json suites"
        })
public final class ConformanceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders with scripts, or single scripts.")
    private List<Path> paths;

    @Option(names = "--filter", paramLabel = "TEXT", description = "Run only scripts with this in their path.")
    private Optional<String> filter;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "Stop a script after this time (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Run so many scripts at once (default: one for each processor).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Mixin
    private EngineOption engineOption;

    @Mixin
    private OutputOption output;

    private final Console console;

    public ConformanceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (jobs < 1) {
            throw new CliException.Usage("--jobs must be at least 1");
        }
        List<Suite.Located> scripts = new ArrayList<>();
        try {
            for (Path path : paths) {
                collect(path, scripts);
            }
        } catch (ScriptException e) {
            throw new CliException.Usage(e.getMessage());
        }
        if (scripts.isEmpty()) {
            throw new CliException.Usage("no scripts found; a script is a NAME.json made by `wasm-tools json-from-wast`"
                    + filter.map(f -> " with \"" + f + "\" in its path").orElse(""));
        }
        List<ScriptResult> results;
        try (Engine engine = engineOption.openForTrusted()) {
            results = new Suite(engine, timeout, jobs).run(scripts);
        }
        Report report = new Report(results);
        if (output.json()) {
            report.printJson(console.out());
        } else {
            report.printText(console.out());
        }
        return report.failed() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void collect(Path path, List<Suite.Located> scripts) throws IOException {
        if (!Files.exists(path)) {
            throw new CliException.Usage(path + ": no such file or folder");
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(path)) {
            files = walk.filter(Script::isScript).filter(this::isWanted).sorted().toList();
        }
        Path root = path.toAbsolutePath().normalize();
        for (Path file : files) {
            Script.read(file).ifPresent(script -> scripts.add(new Suite.Located(script, folder(root, file))));
        }
    }

    private boolean isWanted(Path file) {
        return filter.map(f -> file.toString().replace('\\', '/').contains(f)).orElse(true);
    }

    /** Each script has a folder of its own; the summary counts by the folder above. */
    private static String folder(Path root, Path file) {
        Path above = file.toAbsolutePath().normalize().getParent().getParent();
        Path base = Optional.ofNullable(root.getParent()).orElse(root);
        return above.startsWith(root) ? base.relativize(above).toString() : root.getFileName().toString();
    }
}
