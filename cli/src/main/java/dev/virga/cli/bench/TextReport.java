package dev.virga.cli.bench;

import dev.virga.benchmark.report.Figures;
import dev.virga.benchmark.report.Measure;
import dev.virga.benchmark.report.Report;
import dev.virga.cli.host.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as tables for a terminal. */
final class TextReport {

    private TextReport() {}

    static void print(PrintStream out, Report report) {
        boolean compared = report.measures().stream().anyMatch(m -> m.server().equals("other"));
        rows(report).forEach((group, measures) -> {
            List<String> titles = new ArrayList<>(List.of(group.toUpperCase(java.util.Locale.ROOT), "", "virga"));
            if (compared) {
                titles.addAll(List.of("other", "other/virga"));
            }
            Table table = new Table(titles);
            measures.forEach(row -> table.add(cells(report, row, compared)));
            table.print(out);
            out.println();
        });
        out.println("median (lowest–highest)");
        out.println(report.settings().entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining("; ")));
        out.println(report.machine().processors() + " × " + report.machine().processor() + ", "
                + report.machine().system() + ", " + report.machine().java() + "; load "
                + Figures.text(report.machine().load()) + " before, " + Figures.text(report.loadAfter()) + " after; "
                + String.join(", ", report.versions().values()));
        report.notes().forEach(note -> out.println("note: " + note));
        out.flush();
    }

    /** By group, each figure once. */
    private static Map<String, List<Measure>> rows(Report report) {
        Map<String, List<Measure>> groups = new LinkedHashMap<>();
        for (Measure measure : report.measures()) {
            List<Measure> rows = groups.computeIfAbsent(measure.group(), _ -> new ArrayList<>());
            if (rows.stream().noneMatch(row -> row.name().equals(measure.name()))) {
                rows.add(measure);
            }
        }
        return groups;
    }

    private static List<String> cells(Report report, Measure row, boolean compared) {
        boolean virga = row.server().equals("virga");
        List<String> cells = new ArrayList<>(List.of(row.name(), row.unit(), virga ? Figures.spread(row) : ""));
        if (compared) {
            Measure other = virga ? report.other(row).orElse(null) : row;
            cells.add(other == null ? "" : Figures.spread(other));
            cells.add(other == null || !virga ? "" : Figures.ratio(other, row));
        }
        return cells;
    }
}
