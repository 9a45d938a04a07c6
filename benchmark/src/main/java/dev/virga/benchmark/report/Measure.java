package dev.virga.benchmark.report;

import java.util.List;

/**
 * A figure, measured some times.
 *
 * @param group of figures: {@code startup}, {@code latency}, {@code memory}, {@code neighbours}, {@code size},
 *     {@code transport}
 * @param name unique among its group's and server's
 * @param server {@code virga}, or {@code other} for the command that it is compared to
 * @param samples one for each time; at least one
 */
public record Measure(String group, String name, String server, String unit, Better better, List<Double> samples) {

    /** Which of two figures is the better one. */
    public enum Better {
        LESS,
        MORE
    }

    public Measure {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException(group + ", " + name + ": no samples");
        }
    }

    /** Whether they are of the same thing, perhaps in two reports. */
    public boolean isAs(Measure other) {
        return group.equals(other.group) && name.equals(other.name) && server.equals(other.server)
                && unit.equals(other.unit);
    }

    public double median() {
        return Statistics.quantile(samples, 0.5);
    }

    public double min() {
        return Statistics.quantile(samples, 0);
    }

    public double max() {
        return Statistics.quantile(samples, 1);
    }

    public double p95() {
        return Statistics.quantile(samples, 0.95);
    }
}
