package dev.virga.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.benchmark.report.Figures;
import dev.virga.benchmark.report.Measure;
import dev.virga.benchmark.report.Report;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga bench table}. */
@Command(
        name = "table",
        description = "Prints reports side by side as a table in Markdown, with the figures that are asked for first.",
        footer = {
            "",
            "Reports are what `virga bench --output json` prints; each is a column.",
            "",
            "Examples:",
            "  virga bench table http.json edge.json >> README.md"
        })
final class TableCommand implements Callable<Integer> {

    /** A row: how it is called, of which group, and how the names of its figures begin; the first one counts. */
    private record Row(String title, String group, String name) {}

    private static final List<Row> ROWS = List.of(
            new Row("process start to first answer, nothing cached", "startup", "process, nothing cached"),
            new Row("process start to first answer, code on disk", "startup", "process, code on disk"),
            new Row("first answer of a workload scaled to zero", "startup", "host warm, scaled to zero"),
            new Row("answers at saturation", "latency", "answers at saturation"),
            new Row("p50 at a fixed rate", "latency", "p50 at "),
            new Row("p99 at a fixed rate", "latency", "p99 at "),
            new Row("processor time of a request", "latency", "processor time of a request at "),
            new Row("host without workloads", "memory", "node without workloads"),
            new Row("further workload on a host", "memory", "further workload on a node"),
            new Row("warm instance", "memory", "warm instance"),
            new Row("component", "size", "component"),
            new Row("component, gzip", "size", "component, compressed with gzip"),
            new Row("call in the same process, p50", "transport", "call in the same process, p50"),
            new Row("call to another host over NATS, p50", "transport", "call to another host over NATS, p50"),
            new Row("HTTP request to a server, p50", "transport", "HTTP request to a server, p50"));

    @Parameters(arity = "1..*", paramLabel = "REPORT", description = "Reports.")
    private List<Path> paths;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    TableCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Report> reports = paths.stream().map(ReportInput::read).toList();
        if (output.json()) {
            console.out().println(json(reports));
        } else {
            console.out().print(markdown(reports));
        }
        console.out().flush();
        return ExitCode.OK;
    }

    /** By row, a figure for each report that has it. */
    private static Map<String, List<Optional<Measure>>> rows(List<Report> reports) {
        Map<String, List<Optional<Measure>>> rows = new LinkedHashMap<>();
        for (Row row : ROWS) {
            for (String server : List.of("virga", "other")) {
                List<Optional<Measure>> cells =
                        reports.stream().map(report -> figure(report, row, server)).toList();
                if (cells.stream().anyMatch(Optional::isPresent)) {
                    rows.put(row.title() + (server.equals("virga") ? "" : ", the other server"), cells);
                }
            }
        }
        return rows;
    }

    /** Of several rates the one in the middle. */
    private static Optional<Measure> figure(Report report, Row row, String server) {
        List<Measure> all = report.group(row.group()).stream()
                .filter(m -> m.server().equals(server))
                .filter(m -> row.name().endsWith(" ") ? m.name().startsWith(row.name()) && !m.name().contains("saturation")
                        && !m.name().contains("together") : m.name().equals(row.name()))
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get((all.size() - 1) / 2));
    }

    private static String markdown(List<Report> reports) {
        StringBuilder text = new StringBuilder("| |");
        reports.forEach(report -> text.append(' ').append(report.settings().getOrDefault("shape", "")).append(" |"));
        text.append("\n|---|").append("--:|".repeat(reports.size())).append('\n');
        rows(reports).forEach((title, cells) -> {
            text.append("| ").append(title).append(" |");
            cells.forEach(cell -> text.append(' ').append(cell.map(TableCommand::cell).orElse("")).append(" |"));
            text.append('\n');
        });
        return text.append('\n').append(about(reports)).toString();
    }

    private static String cell(Measure measure) {
        String at = measure.name().matches(".* at [0-9,.]+/s") ? ", " + measure.name().replaceAll(".* (at .*)", "$1") : "";
        return Figures.spread(measure) + " " + measure.unit() + at;
    }

    /** Machines and versions, each once. */
    private static String about(List<Report> reports) {
        String machines = reports.stream()
                .map(report -> report.machine().processors() + " × " + report.machine().processor() + ", "
                        + report.machine().java() + ", " + String.join(", ", report.versions().values()))
                .distinct()
                .collect(Collectors.joining("; "));
        return reports.stream()
                .map(report -> report.settings().getOrDefault("shape", "") + " " + report.time() + ", load "
                        + Figures.text(report.machine().load()) + " to " + Figures.text(report.loadAfter()) + ", "
                        + report.settings().get("repeats") + " × " + report.settings().get("duration of a load"))
                .collect(Collectors.joining("; ", "Median (lowest–highest). " + machines + ". ", ".\n"));
    }

    private static ObjectNode json(List<Report> reports) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = json.putArray("rows");
        rows(reports).forEach((title, cells) -> {
            ArrayNode medians = rows.addObject().put("title", title).putArray("medians");
            cells.forEach(cell ->
                    cell.ifPresentOrElse(measure -> medians.add(measure.median()), medians::addNull));
        });
        return json;
    }
}
