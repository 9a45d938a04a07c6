package dev.virga.benchmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.benchmark.report.Measure.Better;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HtmlReportTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Pattern FIGURE = Pattern.compile("data-figure=\"([^\"]*)\" data-value=\"([^\"]*)\"");
    private static final Pattern EMBEDDED =
            Pattern.compile("<script type=\"application/json\" id=\"report\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    /** With all plots, a comparison, and texts that would break a page if they were not escaped. */
    private static Report report() {
        return new Report(
                Report.FORMAT,
                "2026-01-01T00:00:00Z",
                new Machine("Linux 6 <b>", "Processor \"X\"", 8, 16L << 30, "JVM 25", 0.5),
                Map.of("virga", "virga 1", "other", "</script><script>alert(1)</script>"),
                Map.of("shape", "http", "component", "a&b<c>.wasm"),
                0.7,
                List.of(
                        new Measure("startup", "process, nothing cached", "virga", "ms", Better.LESS, List.of(900.0, 950.0, 875.5)),
                        new Measure("startup", "process, code on disk", "virga", "ms", Better.LESS, List.of(250.0, 251.0)),
                        new Measure("startup", "process, code on disk", "other", "ms", Better.LESS, List.of(12.5, 13.5)),
                        new Measure("latency", "answers at saturation", "virga", "/s", Better.MORE, List.of(9000.0)),
                        new Measure("transport", "call in the same process, p50", "virga", "µs", Better.LESS, List.of(0.7)),
                        new Measure("transport", "HTTP request to a server, p50", "virga", "µs", Better.LESS, List.of(210.0)),
                        new Measure("size", "component", "virga", "KiB", Better.LESS, List.of(116.6))),
                List.of(
                        new Curve("latency", "virga, 100/s", List.of(new Curve.Point(1.25, 0.5), new Curve.Point(1000, 9.0))),
                        new Curve("latency", "other, 100/s", List.of(new Curve.Point(1.25, 0.4), new Curve.Point(1000, 5.0))),
                        new Curve("density", "all <i>", List.of(new Curve.Point(1, 2.0), new Curve.Point(80, 3.0))),
                        new Curve("neighbours", "p99", List.of(new Curve.Point(0, 2.0), new Curve.Point(16, 9.0)))),
                List.of("a note with <tags> & \"quotes\""));
    }

    @Test
    void thePageNeedsNothingFromElsewhereAndRunsNothing() {
        String page = HtmlReport.page(report());
        assertFalse(page.contains("http://") || page.contains("https://") || page.contains("src="), page);
        assertFalse(page.contains("<script>"), page);
        assertFalse(page.contains("{{"), page);
    }

    /** The numbers that a real browser has after it has read the page are those of the report. */
    @Test
    void aBrowserHasTheNumbersOfTheReport() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "chromium is not installed");
        Report report = report();
        Path page = Files.writeString(folder.resolve("report.html"), HtmlReport.page(report));
        String dom = dom(page);
        Map<String, Double> shown = new TreeMap<>();
        Matcher figure = FIGURE.matcher(dom);
        while (figure.find()) {
            shown.put(figure.group(1), Double.valueOf(figure.group(2)));
        }
        Map<String, Double> measured = new TreeMap<>();
        report.measures().forEach(m -> measured.put(m.group() + "|" + m.name() + "|" + m.server(), m.median()));
        assertEquals(measured, shown);
        Matcher embedded = EMBEDDED.matcher(dom);
        assertTrue(embedded.find(), dom);
        assertEquals(report, ReportFile.of(new ObjectMapper().readTree(embedded.group(1))));
        assertEquals(6, dom.split("<svg ", -1).length - 1, "plots");
        assertEquals(4, dom.split("<polyline ", -1).length - 1, "lines");
        assertTrue(dom.contains("a note with &lt;tags&gt; &amp;"), dom);
    }

    private String dom(Path page) throws Exception {
        Path errors = folder.resolve("errors");
        Process browser = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectError(errors.toFile())
                .start();
        String dom = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(browser.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, browser.exitValue(), () -> read(errors));
        return dom;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
