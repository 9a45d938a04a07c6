package dev.virga.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.benchmark.report.Measure;
import dev.virga.benchmark.report.Report;
import dev.virga.benchmark.report.ReportFile;
import dev.virga.cli.CommandRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real hosts in processes of their own, and as little load as shows that all is measured. */
@Timeout(300)
class BenchCommandTest {

    @TempDir
    private Path folder;

    private static CommandRun bench(String... flags) {
        List<String> all = new ArrayList<>(List.of("bench", "--duration", "100ms", "--repeat", "1", "--starts", "1",
                "--density", "2", "--connections", "2"));
        all.addAll(List.of(flags));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static Report report(CommandRun run) {
        assertEquals(0, run.exitCode(), run.err());
        return ReportFile.read(run.out().getBytes(StandardCharsets.UTF_8));
    }

    private static Set<String> names(Report report, String group) {
        return report.group(group).stream().map(m -> m.name() + " " + m.server()).collect(Collectors.toSet());
    }

    @Test
    void startsAndSizesOfTwoServersAreMeasuredInTurns() throws Exception {
        Path page = folder.resolve("report.html");
        // the other one is the JDK's own server of files, which needs nothing that is not here and starts at once
        String other = "'" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -m jdk.httpserver -b 127.0.0.1 -p {port} -d '" + folder + "'";
        Report report = report(bench("--measure", "size,startup", "--shape", "edge", "--against", other, "--image", "1m",
                "--output", "json", "--html", page.toString()));
        assertEquals(
                Set.of("component virga", "component, compressed with gzip virga", "compiled code on disk virga",
                        "container image that does the same other"),
                names(report, "size"));
        assertTrue(names(report, "startup").containsAll(Set.of(
                "process, nothing cached virga", "process, code on disk virga", "process, code on disk other",
                "host warm, workload runs virga", "host warm, scaled to zero virga")), names(report, "startup").toString());
        for (Measure measure : report.measures()) {
            assertTrue(measure.min() > 0, measure.toString());
        }
        assertTrue(Files.readString(page).contains("<svg "));
    }

    @Test
    void latenciesAreMeasuredAtSaturationAndAtRates() {
        Report report = report(bench("--measure", "latency", "--shape", "policy", "--rate", "100,300", "--output", "json"));
        assertTrue(names(report, "latency").containsAll(Set.of("answers at saturation virga", "p50 at 300/s virga")),
                names(report, "latency").toString());
        assertEquals(3, report.plot("latency").size());
    }

    /** Its requests are messages and their answers. */
    @Test
    void aQueuesConsumerIsMeasuredByItsAnswers() {
        CommandRun run = bench("--measure", "latency", "--shape", "queue", "--rate", "50", "--output", "csv");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("group,name,server,unit,better,median,min,max,p95,samples\nlatency,"), run.out());
        assertTrue(run.out().contains("answers at saturation,virga,/s,more,"), run.out());
    }

    @Test
    void memoryAndNeighboursAreMeasured() {
        CommandRun run = bench("--measure", "memory,neighbours", "--shape", "edge");
        assertEquals(0, run.exitCode(), run.err());
        for (String figure : List.of("node without workloads", "warm instance", "further workload on a node",
                "active workloads before p99 doubles, of 2 tried", "p99 at 200/s beside 16 calls that never end")) {
            assertTrue(run.out().contains(figure), run.out());
        }
    }

    @Test
    void callsOutOfAComponentAreMeasured() {
        Report report = report(bench("--measure", "transport", "--output", "json"));
        assertTrue(names(report, "transport").containsAll(
                Set.of("call in the same process, p50 virga", "HTTP request to a server, p99 virga")));
        boolean nats = names(report, "transport").contains("call to another host over NATS, p50 virga");
        assertTrue(nats || report.notes().stream().anyMatch(note -> note.contains("no nats-server")));
    }

    @Test
    void whatCannotBeMeasuredIsToldBeforeItBegins() {
        assertWrong(2, "no such file", "--component", folder.resolve("none.wasm").toString());
        assertWrong(2, "--repeat 0: must be from 1", "--repeat", "0");
        assertWrong(2, "--rate 0.0: must be", "--rate", "0");
        assertWrong(2, "neither a size such as 85m nor", "--image", "large");
        assertWrong(2, "--html", "--html", folder.resolve("no/report.html").toString());
        assertWrong(1, "needs messages", "--shape", "queue", "--against", "server {file}");
        assertWrong(1, "cannot be sent by HTTP/1.1", "--path", "x");
    }

    private static void assertWrong(int code, String text, String... flags) {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(flags));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertEquals(code, run.exitCode(), run.err());
        assertTrue(run.err().contains(text), run.err());
    }

    @Test
    void twoReportsAreCompared() throws Exception {
        Report before = report(bench("--measure", "size", "--output", "json"));
        Path first = Files.writeString(folder.resolve("a.json"), ReportFile.json(before));
        Path second = Files.writeString(
                folder.resolve("b.json"),
                ReportFile.json(report(bench("--measure", "size", "--shape", "edge", "--output", "json"))));
        CommandRun same = CommandRun.of("bench", "compare", first.toString(), first.toString());
        assertTrue(same.out().endsWith("0 better, 0 worse, 3 the same within noise, 0 measured too few times to tell\n"), same.out());
        CommandRun other = CommandRun.of("bench", "compare", "--output", "json", first.toString(), second.toString());
        JsonNode json = new ObjectMapper().readTree(other.out());
        assertEquals("better", json.at("/changes/0/verdict").asText());
        assertTrue(json.get("warnings").toString().contains("settings differ"), other.out());
        CommandRun worse = CommandRun.of("bench", "compare", "--fail-if-worse", second.toString(), first.toString());
        assertEquals(1, worse.exitCode());
        CommandRun table = CommandRun.of("bench", "table", first.toString(), second.toString());
        assertTrue(table.out().startsWith("| | http | edge |\n|---|--:|--:|\n| component | 117 KiB | "), table.out());
        CommandRun none = CommandRun.of("bench", "compare", first.toString(), CommandRun.guest("exit"));
        assertEquals(2, none.exitCode());
        assertTrue(none.err().contains("no JSON"), none.err());
    }

    @Test
    void eachHelpShowsAnExample() {
        for (List<String> command : List.of(
                List.of("bench"), List.of("bench", "compare"), List.of("bench", "table"), List.of("redact"))) {
            List<String> all = new ArrayList<>(command);
            all.add("--help");
            CommandRun run = CommandRun.of(all.toArray(String[]::new));
            String words = "virga " + String.join(" ", command) + " ";
            assertTrue(run.out().substring(run.out().indexOf("Example")).contains(words), run.out());
            assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
            assertEquals("", run.err());
        }
    }

    @Test
    void aReportIsRedactedIfAsked() {
        Report report = report(bench("--measure", "size", "--header", "X-A=b", "--path", "/?token=hunter2", "--redact",
                "--output", "json"));
        String request = report.settings().get("request");
        assertTrue(request.matches("GET /\\?token=token-\\w{10}"), request);
        assertEquals(3, report.measures().size());
    }
}
