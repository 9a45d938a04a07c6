package dev.virga.cli.conformance;

import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.DurationConverter;
import dev.virga.cli.EngineOption;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.cli.SizeConverter;
import dev.virga.engine.Engine;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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
            "  virga conformance suites/component-model/values/strings/strings.json",
            "  virga conformance --filter values/strings.wast:12 suites",
            "  virga conformance --filter 'async/*stream' --output json suites"
        })
public final class ConformanceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders with scripts, or single scripts.")
    private List<Path> paths;

    @Option(
            names = "--filter",
            paramLabel = "PATTERN",
            converter = FilterConverter.class,
            defaultValue = "",
            description = "Run only scripts with this in their path or in FOLDER/NAME.wast, where * stands for any text "
                    + "and ? for a character. With :LINE behind it, count only the commands of that line; those "
                    + "before it run too.")
    private Filter filter;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "Stop a script after this time, and count what is left of it as failed (default: 60s).")
    private Duration timeout;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            defaultValue = "8g",
            converter = SizeConverter.class,
            description = "Let a script's modules grow their memories to at most this together, touched or not"
                    + " (default: 8g).")
    private long maxMemory;

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
        List<ScriptFile> files = find().stream().filter(filter::chooses).toList();
        Report report;
        List<Engine> engines = engineOption.openForTrusted();
        try {
            report = new Report(new Suite(engines, new ScriptLimits(timeout, maxMemory), filter).run(files, jobs));
        } finally {
            engines.forEach(Engine::close);
        }
        if (report.results().isEmpty()) {
            throw new CliException.Usage("no scripts found; a script is a NAME.json made by `wasm-tools json-from-wast`"
                    + (filter.text().isEmpty() ? "" : ", and --filter " + filter.text() + " must be part of its path"));
        }
        if (filter.line().isPresent() && report.total().equals(Report.Counts.NONE)) {
            throw new CliException.Usage("--filter " + filter.text() + ": no command starts at that line");
        }
        if (output.json()) {
            ReportPrinter.json(report, console.out());
        } else {
            ReportPrinter.text(report, console.out());
        }
        return report.total().failed() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<ScriptFile> find() {
        try {
            return ScriptFile.find(paths);
        } catch (NoSuchFileException e) {
            throw new CliException.Usage(e.getFile() + ": no such file or folder");
        } catch (IOException e) {
            throw new CliException.Usage("cannot be read: " + e.getMessage());
        }
    }
}
