package dev.virga.cli.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;

/** Prints a report as text or as one JSON document. */
final class ReportPrinter {

    private ReportPrinter() {}

    static void text(Report report, PrintStream out) {
        for (ScriptResult result : report.results()) {
            for (ScriptResult.Failure failure : result.failures()) {
                out.println(oneLine("FAIL " + result.script().name() + (failure.line() == 0 ? "" : ":" + failure.line())
                        + ": expected " + failure.difference().expected() + ", got " + failure.difference().got()));
            }
        }
        report.byFolder().forEach((folder, counts) -> out.println(folder + ": " + counts));
        report.skippedByReason().forEach((reason, count) -> out.println("skipped " + count + ": " + reason));
        out.println(report.total());
    }

    /** Texts come from scripts and guests: no control sequence of theirs reaches the terminal. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                line.append(' ');
            } else if (Character.isISOControl(c)) {
                line.append("\\u{").append(Integer.toHexString(c)).append('}');
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    static void json(Report report, PrintStream out) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        put(root.putObject("summary"), report.total());
        ObjectNode folders = root.putObject("folders");
        report.byFolder().forEach((folder, counts) -> put(folders.putObject(folder), counts));
        ArrayNode failures = root.putArray("failures");
        ArrayNode skips = root.putArray("skips");
        for (ScriptResult result : report.results()) {
            String script = result.script().name();
            for (ScriptResult.Failure failure : result.failures()) {
                failures.addObject()
                        .put("script", script)
                        .put("line", failure.line())
                        .put("expected", failure.difference().expected())
                        .put("got", failure.difference().got());
            }
            Report.skippedLines(result).forEach((reason, lines) -> lines(
                    skips.addObject().put("script", script).put("reason", reason).putArray("lines"), lines));
        }
        out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    }

    private static void put(ObjectNode node, Report.Counts counts) {
        node.put("passed", counts.passed()).put("failed", counts.failed()).put("skipped", counts.skipped());
    }

    private static void lines(ArrayNode array, List<Integer> lines) {
        lines.forEach(array::add);
    }
}
