package dev.virga.benchmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.benchmark.report.Comparison.Verdict;
import dev.virga.benchmark.report.Measure.Better;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static Report report(int processors, Measure... measures) {
        return new Report(
                Report.FORMAT,
                "2026-01-01T00:00:00Z",
                new Machine("Linux", "a processor", processors, 1L << 34, "a JVM", 0.1),
                Map.of("virga", "1"),
                Map.of("shape", "http"),
                0.1,
                List.of(measures),
                List.of(),
                List.of());
    }

    private static Measure latency(Double... samples) {
        return new Measure("latency", "p99 at 100/s", "virga", "ms", Better.LESS, List.of(samples));
    }

    private static Verdict verdict(Measure before, Measure after) {
        return Comparison.of(report(2, before), report(2, after)).changes().getFirst().verdict();
    }

    @Test
    void whatIsApartBeyondNoiseHasChanged() {
        Measure before = latency(1.0, 1.1, 1.2, 1.05, 1.15);
        assertEquals(Verdict.WORSE, verdict(before, latency(2.0, 2.1, 2.2, 2.05, 2.15)));
        assertEquals(Verdict.BETTER, verdict(before, latency(0.5, 0.6, 0.7, 0.55, 0.65)));
    }

    @Test
    void moreIsBetterOfAnswersASecond() {
        Measure before = new Measure("latency", "x", "virga", "/s", Better.MORE, List.of(1.0, 1.1, 1.2, 1.05, 1.15));
        Measure after = new Measure("latency", "x", "virga", "/s", Better.MORE, List.of(2.0, 2.1, 2.2, 2.05, 2.15));
        assertEquals(Verdict.BETTER, verdict(before, after));
    }

    @Test
    void noiseIsNoChange() {
        Measure before = latency(1.0, 2.0, 1.2, 1.05, 1.9);
        assertEquals(Verdict.SAME, verdict(before, latency(1.5, 1.1, 2.2, 1.05, 2.15)));
        assertEquals(Verdict.SAME, verdict(before, before));
    }

    @Test
    void aDifferenceThatIsSureAndTinyIsNoChange() {
        assertEquals(
                Verdict.SAME,
                verdict(latency(1.000, 1.001, 1.002, 1.003, 1.004), latency(1.010, 1.011, 1.012, 1.013, 1.014)));
    }

    @Test
    void tooFewSamplesCannotTell() {
        assertEquals(Verdict.UNKNOWN, verdict(latency(1.0, 1.1, 1.2), latency(2.0, 2.1, 2.2)));
    }

    @Test
    void sizesHaveNoNoise() {
        Measure before = new Measure("size", "component", "virga", "bytes", Better.LESS, List.of(1000.0));
        Measure after = new Measure("size", "component", "virga", "bytes", Better.LESS, List.of(1100.0));
        assertEquals(Verdict.WORSE, verdict(before, after));
    }

    @Test
    void otherMachinesAndFiguresOfOneReportOnlyAreTold() {
        Measure other = new Measure("size", "component", "virga", "bytes", Better.LESS, List.of(1.0));
        Comparison comparison = Comparison.of(report(2, latency(1.0)), report(4, other));
        assertTrue(comparison.warnings().getFirst().contains("different machines"), comparison.toString());
        assertEquals(
                List.of("first: latency, p99 at 100/s, virga", "second: size, component, virga"),
                comparison.onlyInOne());
    }

    @Test
    void aReportIsReadAsItWasWritten() {
        Report report = report(2, latency(1.0, 2.5));
        assertEquals(report, ReportFile.read(ReportFile.json(report).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertEquals(
                "group,name,server,unit,better,median,min,max,p95,samples\n"
                        + "latency,p99 at 100/s,virga,ms,less,1.75,1.0,2.5,2.425,2\n",
                ReportFile.csv(report));
    }
}
