package dev.virga.benchmark;

import dev.virga.benchmark.report.Curve;
import dev.virga.benchmark.report.Measure;
import dev.virga.benchmark.report.Measure.Better;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Collects samples, in the order in which their figures were first measured. */
final class Recorder {

    /** Of the server that is compared to. */
    static final String OTHER = "other";

    static final String VIRGA = "virga";

    private record Key(Group group, String name, String server, String unit, Better better) {}

    private final Map<Key, List<Double>> samples = new LinkedHashMap<>();
    private final List<Curve> curves = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Consumer<String> progress;

    /** @param progress is told what is measured now */
    Recorder(Consumer<String> progress) {
        this.progress = progress;
    }

    void now(String what) {
        progress.accept(what);
    }

    void less(Group group, String name, String server, String unit, double sample) {
        add(new Key(group, name, server, unit, Better.LESS), sample);
    }

    void more(Group group, String name, String server, String unit, double sample) {
        add(new Key(group, name, server, unit, Better.MORE), sample);
    }

    /** What is not a number was not measured. */
    private void add(Key key, double sample) {
        if (Double.isFinite(sample)) {
            samples.computeIfAbsent(key, _ -> new ArrayList<>()).add(sample);
        }
    }

    /** Points that were not measured are left out. */
    void curve(String plot, String name, List<Curve.Point> points) {
        List<Curve.Point> measured =
                points.stream().filter(point -> Double.isFinite(point.y())).toList();
        if (!measured.isEmpty()) {
            curves.add(new Curve(plot, name, measured));
        }
    }

    void note(String note) {
        notes.add(note);
    }

    List<Measure> measures() {
        return samples.entrySet().stream()
                .map(e -> new Measure(
                        e.getKey().group().toString(),
                        e.getKey().name(),
                        e.getKey().server(),
                        e.getKey().unit(),
                        e.getKey().better(),
                        e.getValue()))
                .toList();
    }

    List<Curve> curves() {
        return curves;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
