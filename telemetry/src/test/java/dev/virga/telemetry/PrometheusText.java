package dev.virga.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strict reader of the text format: every rule that it knows of is an assertion. */
final class PrometheusText {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("\\G([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

    private final Map<String, String> types = new HashMap<>();
    private final Set<String> helped = new HashSet<>();
    /** By name and sorted labels, as {@code name{a=b, c=d}}. */
    private final Map<String, Double> samples = new LinkedHashMap<>();

    private final Map<String, TreeMap<Double, Double>> buckets = new HashMap<>();
    private String family = "";
    private final Set<String> finished = new HashSet<>();

    static PrometheusText of(List<String> lines) {
        PrometheusText text = new PrometheusText();
        lines.forEach(text::line);
        text.checkHistograms();
        return text;
    }

    double value(String series) {
        assertTrue(samples.containsKey(series), () -> "no " + series + " in " + samples.keySet());
        return samples.get(series);
    }

    Map<String, Double> samples() {
        return samples;
    }

    Map<String, String> types() {
        return types;
    }

    private void line(String line) {
        if (line.startsWith("# HELP ")) {
            String name = line.split(" ", 4)[2];
            assertTrue(helped.add(name), "HELP twice: " + name);
            begin(name);
        } else if (line.startsWith("# TYPE ")) {
            String[] words = line.split(" ");
            begin(words[2]);
            assertEquals(null, types.put(words[2], words[3]), "TYPE twice: " + words[2]);
            assertTrue(Set.of("counter", "gauge", "histogram").contains(words[3]));
        } else {
            sample(line);
        }
    }

    private void begin(String name) {
        if (!name.equals(family)) {
            assertFalse(finished.contains(name), "a family in two places: " + name);
            finished.add(family);
            family = name;
        }
    }

    private void sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        assertTrue(matcher.matches(), "not a sample: " + line);
        String name = matcher.group(1);
        String type = types.get(family);
        assertTrue(helped.contains(family) && type != null, "without HELP and TYPE: " + line);
        TreeMap<String, String> labels = labels(matcher.group(2) == null ? "" : matcher.group(2), line);
        double value = matcher.group(3).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(matcher.group(3));
        if (type.equals("counter")) {
            assertTrue(family.endsWith("_total") && value >= 0, line);
        }
        if (type.equals("histogram")) {
            assertTrue(Set.of(family + "_bucket", family + "_sum", family + "_count").contains(name), line);
            if (name.endsWith("_bucket")) {
                String le = labels.remove("le");
                double bound = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
                buckets.computeIfAbsent(family + labels, k -> new TreeMap<>()).put(bound, value);
                return;
            }
        } else {
            assertEquals(family, name);
        }
        assertEquals(null, samples.put(labels.isEmpty() ? name : name + labels, value), "a series twice: " + line);
    }

    private static TreeMap<String, String> labels(String text, String line) {
        TreeMap<String, String> labels = new TreeMap<>();
        Matcher matcher = LABEL.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find()) {
            String value = matcher.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
            assertEquals(null, labels.put(matcher.group(1), value), "a label twice: " + line);
            end = matcher.end();
        }
        assertEquals(text.length(), end, "labels: " + line);
        return labels;
    }

    private void checkHistograms() {
        buckets.forEach((series, counts) -> {
            double before = 0;
            for (double count : counts.values()) {
                assertTrue(count >= before, "buckets must add up: " + series + counts);
                before = count;
            }
            assertEquals(Double.POSITIVE_INFINITY, counts.lastKey(), series);
            String count = series.replaceFirst("\\{", "_count{");
            assertEquals(value(count), counts.lastEntry().getValue(), series);
        });
    }
}
