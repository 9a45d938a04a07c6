package dev.virga.cli.bench;

import dev.virga.benchmark.Benchmark;
import dev.virga.benchmark.BenchmarkException;
import dev.virga.benchmark.Plan;
import dev.virga.benchmark.report.HtmlReport;
import dev.virga.benchmark.report.Report;
import dev.virga.benchmark.report.ReportFile;
import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.redact.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga bench}. */
@Command(
        name = "bench",
        description = "Measures a component on this machine: startup, latency, memory, neighbours, size, transport.",
        footer = {
            "",
            "Starts hosts of its own on loopback, with nothing but what is measured on",
            "them. With --against another server of the same component takes turns with",
            "them. Progress goes to standard error.",
            "",
            "Examples:",
            "  virga bench --quick",
            "  virga bench --component service.wasm --path /items --html report.html",
            "  virga bench --measure startup,latency \\",
            "      --against 'wasmtime serve --addr {addr} {file}'",
            "  virga bench --output json > before.json",
            "  virga bench compare before.json after.json"
        })
public final class BenchCommand implements Callable<Integer> {

    @Mixin
    private PlanOptions options;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Print the report as ${COMPLETION-CANDIDATES} (default: text).")
    private BenchFormat format;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as a page with plots, too.")
    private Optional<Path> html;

    @Option(
            names = "--redact",
            description = "Mask host names, addresses, tokens and the like in the report, as `virga redact` does.")
    private boolean redact;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    private BenchCommand(Console console) {
        this.console = console;
    }

    /** With its own commands. */
    public static CommandLine of(Console console) {
        return new CommandLine(new BenchCommand(console))
                .addSubcommand(new CompareCommand(console))
                .addSubcommand(new TableCommand(console));
    }

    @Override
    public Integer call() {
        try {
            Plan plan = options.plan();
            html.ifPresent(BenchCommand::check); // a wrong path is told before minutes have passed
            Report measured = Benchmark.run(plan, line -> console.err().println("virga: " + line));
            Report report = redact ? ReportFile.of(Redactor.once().redact(ReportFile.tree(measured))) : measured;
            html.ifPresent(file -> write(file, HtmlReport.page(report)));
            print(report);
            return ExitCode.OK;
        } catch (BenchmarkException e) {
            throw new CliException.Failed(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException.Failed("interrupted");
        }
    }

    private static void check(Path file) {
        if (!Files.isDirectory(file.toAbsolutePath().getParent()) || Files.isDirectory(file)) {
            throw new CliException.Usage("--html " + file + ": names no file in a folder that is there");
        }
    }

    private static void write(Path file, String page) {
        try {
            AtomicFile.write(file, page.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CliException.Usage("--html " + file + ": cannot be written: " + AtomicFile.reason(e));
        }
    }

    private void print(Report report) {
        switch (format) {
            case TEXT -> TextReport.print(console.out(), report);
            case JSON -> console.out().println(ReportFile.json(report));
            case CSV -> console.out().print(ReportFile.csv(report));
        }
        console.out().flush();
    }
}
