package dev.virga.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.benchmark.report.Comparison;
import dev.virga.benchmark.report.Comparison.Change;
import dev.virga.benchmark.report.Comparison.Verdict;
import dev.virga.benchmark.report.Figures;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.cli.host.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga bench compare}. */
@Command(
        name = "compare",
        description = "Says what changed from one report to another beyond noise.",
        footer = {
            "",
            "Reports are what `virga bench --output json` prints. A figure has changed if",
            "a rank sum test is sure of it (p below 0.01, which needs 5 repeats) and its",
            "median differs by 3 %% or more.",
            "",
            "Examples:",
            "  virga bench compare before.json after.json"
        })
final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "BEFORE", description = "A report.")
    private Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "Another one.")
    private Path after;

    @Option(names = "--fail-if-worse", description = "End with 1 if a figure is worse.")
    private boolean failIfWorse;

    @Option(names = "--all", description = "Show figures that are the same, too.")
    private boolean all;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Comparison comparison = Comparison.of(ReportInput.read(before), ReportInput.read(after));
        if (output.json()) {
            console.out().println(json(comparison).toPrettyString());
        } else {
            text(comparison);
        }
        boolean worse = comparison.changes().stream().anyMatch(change -> change.verdict() == Verdict.WORSE);
        return failIfWorse && worse ? ExitCode.FAILED : ExitCode.OK;
    }

    private void text(Comparison comparison) {
        comparison.warnings().forEach(warning -> console.out().println("warning: " + warning));
        Table table = new Table(List.of("FIGURE", "UNIT", "BEFORE", "AFTER", "RATIO", "P", "VERDICT"));
        List<Change> shown = comparison.changes().stream()
                .filter(change -> all || change.verdict() == Verdict.BETTER || change.verdict() == Verdict.WORSE)
                .toList();
        for (Change change : shown) {
            table.add(List.of(
                    change.before().group() + ": " + change.before().name() + " (" + change.before().server() + ")",
                    change.before().unit(),
                    Figures.spread(change.before()),
                    Figures.spread(change.after()),
                    Figures.text(change.ratio()),
                    String.format(Locale.ROOT, "%.3f", change.p()),
                    word(change.verdict())));
        }
        if (!shown.isEmpty()) {
            table.print(console.out());
        }
        console.out().println(count(comparison, Verdict.BETTER) + " better, " + count(comparison, Verdict.WORSE)
                + " worse, " + count(comparison, Verdict.SAME) + " the same within noise, "
                + count(comparison, Verdict.UNKNOWN) + " measured too few times to tell");
        comparison.onlyInOne().forEach(name -> console.out().println("only in the " + name));
        console.out().flush();
    }

    private static long count(Comparison comparison, Verdict verdict) {
        return comparison.changes().stream().filter(change -> change.verdict() == verdict).count();
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode json(Comparison comparison) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode changes = json.putArray("changes");
        for (Change change : comparison.changes()) {
            changes.addObject()
                    .put("group", change.before().group())
                    .put("name", change.before().name())
                    .put("server", change.before().server())
                    .put("unit", change.before().unit())
                    .put("before", change.before().median())
                    .put("after", change.after().median())
                    .put("p", change.p())
                    .put("verdict", word(change.verdict()));
        }
        comparison.onlyInOne().forEach(json.putArray("onlyInOne")::add);
        comparison.warnings().forEach(json.putArray("warnings")::add);
        return json;
    }
}
