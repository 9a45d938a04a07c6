package dev.virga.telemetry;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** All points of all metrics at one moment; Prometheus' text and OTLP are made from the same one. */
final class Snapshot {

    private static final double[] BOUNDS = Latency.bounds();

    private final Map<Metric, List<DataPointSnapshot>> points = new EnumMap<>(Metric.class);

    /** @param since when the count was 0, as Unix time */
    void count(Metric metric, Labels labels, double value, long since) {
        add(metric, new CounterDataPointSnapshot(value, labels, null, since));
    }

    void gauge(Metric metric, Labels labels, double value) {
        add(metric, new GaugeDataPointSnapshot(value, labels, null));
    }

    void histogram(Metric metric, Labels labels, Latency latency, long since) {
        long[] exponential = latency.exponential();
        // Prometheus names a bucket by the power that is its upper bound, OTLP by the lower.
        int[] filled = IntStream.range(0, exponential.length).filter(i -> exponential[i] > 0).toArray();
        int[] indices = IntStream.of(filled).map(i -> i + Latency.offset() + 1).toArray();
        long[] counts = IntStream.of(filled).mapToLong(i -> exponential[i]).toArray();
        add(metric, new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(BOUNDS, latency.counts()),
                Latency.SCALE,
                latency.zeros(),
                Latency.zeroThreshold(),
                NativeHistogramBuckets.of(indices, counts),
                NativeHistogramBuckets.EMPTY,
                latency.seconds(),
                labels,
                Exemplars.EMPTY,
                since));
    }

    void forEach(BiConsumer<Metric, List<DataPointSnapshot>> action) {
        points.forEach(action);
    }

    MetricSnapshots prometheus() {
        List<MetricSnapshot> families = new ArrayList<>();
        forEach((metric, samples) -> families.add(switch (metric.kind()) {
            case COUNTER -> new CounterSnapshot(metric.prometheus(), as(CounterDataPointSnapshot.class, samples));
            case GAUGE -> new GaugeSnapshot(metric.prometheus(), as(GaugeDataPointSnapshot.class, samples));
            case HISTOGRAM -> new HistogramSnapshot(metric.prometheus(), as(HistogramDataPointSnapshot.class, samples));
        }));
        return new MetricSnapshots(families);
    }

    static <T extends DataPointSnapshot> List<T> as(Class<T> type, List<DataPointSnapshot> samples) {
        return samples.stream().map(type::cast).toList();
    }

    private void add(Metric metric, DataPointSnapshot point) {
        points.computeIfAbsent(metric, m -> new ArrayList<>()).add(point);
    }
}
