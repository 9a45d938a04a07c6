package dev.virga.benchmark.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was measured, with what is needed to judge it.
 *
 * @param format of this record, {@link #FORMAT}
 * @param time when it began, as ISO 8601 has it
 * @param versions by program
 * @param settings by name
 * @param loadAfter as {@link Machine#load}, at the end
 * @param notes what has to be known of the figures: failures, what was left out
 */
public record Report(
        String format,
        String time,
        Machine machine,
        Map<String, String> versions,
        Map<String, String> settings,
        double loadAfter,
        List<Measure> measures,
        List<Curve> curves,
        List<String> notes) {

    public static final String FORMAT = "virga-benchmark-1";

    public Report {
        versions = ordered(versions);
        settings = ordered(settings);
        measures = List.copyOf(measures);
        curves = List.copyOf(curves);
        notes = List.copyOf(notes);
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        return java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(map));
    }

    public List<Measure> group(String group) {
        return measures.stream().filter(m -> m.group().equals(group)).toList();
    }

    /** The same figure of the server that is compared to. */
    public Optional<Measure> other(Measure virga) {
        return measures.stream()
                .filter(m -> m.server().equals("other")
                        && m.group().equals(virga.group())
                        && m.name().equals(virga.name()))
                .findFirst();
    }

    public List<Curve> plot(String plot) {
        return curves.stream().filter(c -> c.plot().equals(plot)).toList();
    }
}
