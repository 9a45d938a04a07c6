package dev.virga.benchmark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Locale;

/** Reports as JSON, whose fields are those of the records, and as CSV. */
public final class ReportFile {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private ReportFile() {}

    public static JsonNode tree(Report report) {
        return JSON.valueToTree(report);
    }

    public static String json(Report report) {
        try {
            return JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report that cannot be written", e);
        }
    }

    /** @throws IllegalArgumentException if it is none, with the reason */
    public static Report of(JsonNode tree) {
        String format = tree.path("format").asText("none");
        if (!format.equals(Report.FORMAT)) {
            throw new IllegalArgumentException("its format is " + format + ", not " + Report.FORMAT);
        }
        try {
            return JSON.treeToValue(tree, Report.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no report: " + e.getOriginalMessage());
        }
    }

    /** @throws IllegalArgumentException if it is none, with the reason */
    public static Report read(byte[] json) {
        try {
            return of(JSON.readTree(json));
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException("no JSON");
        }
    }

    /** A line for each figure: what it is, its median, lowest, highest and 95th percentile, and how often measured. */
    public static String csv(Report report) {
        StringBuilder lines = new StringBuilder("group,name,server,unit,better,median,min,max,p95,samples\n");
        for (Measure m : report.measures()) {
            lines.append(String.join(
                            ",",
                            quoted(m.group()),
                            quoted(m.name()),
                            quoted(m.server()),
                            quoted(m.unit()),
                            m.better().name().toLowerCase(Locale.ROOT),
                            number(m.median()),
                            number(m.min()),
                            number(m.max()),
                            number(m.p95()),
                            Integer.toString(m.samples().size())))
                    .append('\n');
        }
        return lines.toString();
    }

    private static String number(double value) {
        return Double.toString(value);
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9 ./%:;()-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
