package dev.virga.benchmark.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A report as one page that needs nothing from elsewhere; the report itself is in it as JSON. */
public final class HtmlReport {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private HtmlReport() {}

    public static String page(Report report) {
        Map<String, String> parts = Map.of(
                "title", Html.text("Virga, shape " + report.settings().getOrDefault("shape", "?") + ", component "
                        + report.settings().getOrDefault("component", "?")),
                "machine", Html.text(report.time() + " · " + report.machine().processors() + " × "
                        + report.machine().processor() + ", " + (report.machine().memory() >> 30) + " GiB · "
                        + report.machine().system() + " · " + report.machine().java() + " · load "
                        + Figures.text(report.machine().load()) + " before, " + Figures.text(report.loadAfter())
                        + " after"),
                "versions", Html.text(String.join(" · ", report.versions().values())),
                "cards", cards(report),
                "plots", plots(report),
                "tables", tables(report),
                "notes", report.notes().isEmpty() ? "" : "<h2>Notes</h2>\n<ul>\n" + items(report.notes()) + "</ul>",
                "settings", items(report.settings().entrySet().stream()
                        .map(e -> e.getKey() + ": " + e.getValue())
                        .toList()),
                "json", Html.script(ReportFile.json(report)));
        return PLACE.matcher(template()).replaceAll(match -> Matcher.quoteReplacement(parts.get(match.group(1))));
    }

    private static String template() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String items(List<String> texts) {
        return texts.stream().map(text -> "<li>" + Html.text(text) + "</li>\n").collect(Collectors.joining());
    }

    /** The figures that are asked for first, as far as they were measured. */
    private static String cards(Report report) {
        StringBuilder cards = new StringBuilder();
        for (String wanted : List.of(
                "startup|process, nothing cached",
                "startup|process, code on disk",
                "startup|host warm, scaled to zero",
                "latency|answers at saturation",
                "memory|warm instance",
                "size|component, compressed with gzip",
                "transport|call in the same process, p50")) {
            String[] key = wanted.split("\\|");
            report.group(key[0]).stream()
                    .filter(m -> m.name().equals(key[1]) && m.server().equals("virga"))
                    .findFirst()
                    .ifPresent(m -> cards.append("<div class=\"card\"><b>%s <small>%s</small></b><span>%s</span></div>\n"
                            .formatted(Figures.text(m.median()), Html.text(m.unit()), Html.text(m.name()))));
        }
        return cards.toString();
    }

    private static String plots(Report report) {
        StringBuilder plots = new StringBuilder();
        if (!report.plot("latency").isEmpty()) {
            plots.append(Plots.percentiles(
                    "Latency by percentile", "ms; all repeats together", report.plot("latency")));
        }
        if (!report.group("startup").isEmpty()) {
            plots.append(Plots.strips("Startup", "ms; each dot a start, the line their median", report.group("startup")));
        }
        if (!report.plot("density").isEmpty()) {
            plots.append(Plots.lines(
                    "Density", "p99 in ms of 200 requests a second", report.plot("density"),
                    "workloads on the host"));
        }
        if (!report.plot("neighbours").isEmpty()) {
            plots.append(Plots.lines(
                    "Noisy neighbours", "ms; 200 requests a second beside another workload", report.plot("neighbours"),
                    "the other's calls that never end"));
        }
        List<Measure> transport =
                report.group("transport").stream().filter(m -> m.name().endsWith("p50")).toList();
        if (!transport.isEmpty()) {
            plots.append(Plots.bars("Transport", "median of a call out of a component", transport));
        }
        if (!report.group("size").isEmpty()) {
            plots.append(Plots.bars("Size", "what is shipped and stored", report.group("size")));
        }
        return plots.toString();
    }

    private static String tables(Report report) {
        Map<String, List<Measure>> groups = new LinkedHashMap<>();
        report.measures().forEach(m -> groups.computeIfAbsent(m.group(), _ -> new ArrayList<>()).add(m));
        boolean compared = report.measures().stream().anyMatch(m -> !m.server().equals("virga"));
        StringBuilder tables = new StringBuilder();
        groups.forEach((group, measures) -> {
            tables.append("<h2>").append(Html.text(group.substring(0, 1).toUpperCase(Locale.ROOT) + group.substring(1)))
                    .append("</h2>\n<div class=\"table\"><table>\n<tr><th></th><th>median</th><th>unit</th><th>min–max</th>")
                    .append(compared ? "<th>other/virga</th>" : "")
                    .append("<th class=\"more\">p95</th><th class=\"more\">samples</th></tr>\n");
            measures.forEach(m -> tables.append(row(report, m, compared)));
            tables.append("</table></div>\n");
        });
        return tables.toString();
    }

    private static String row(Report report, Measure measure, boolean compared) {
        boolean virga = measure.server().equals("virga");
        String ratio = virga ? report.other(measure).map(other -> Figures.ratio(other, measure)).orElse("") : "";
        return ("<tr><td>%s%s</td><td data-figure=\"%s\" data-value=\"%s\">%s</td><td>%s</td><td>%s–%s</td>%s"
                        + "<td class=\"more\">%s</td><td class=\"more\">%d</td></tr>\n")
                .formatted(
                        Html.text(measure.name()),
                        virga ? "" : " <small>" + Html.text(measure.server()) + "</small>",
                        Html.text(measure.group() + "|" + measure.name() + "|" + measure.server()),
                        measure.median(),
                        Figures.text(measure.median()),
                        Html.text(measure.unit()),
                        Figures.text(measure.min()),
                        Figures.text(measure.max()),
                        compared ? "<td>" + Html.text(ratio) + "</td>" : "",
                        Figures.text(measure.p95()),
                        measure.samples().size());
    }
}
