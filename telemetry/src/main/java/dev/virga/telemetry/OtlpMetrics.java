package dev.virga.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A snapshot in OpenTelemetry's model: cumulative sums, gauges and exponential histograms. */
final class OtlpMetrics {

    private final Resource resource;
    private final long now = nanos(System.currentTimeMillis());

    private OtlpMetrics(Resource resource) {
        this.resource = resource;
    }

    static Collection<MetricData> of(Snapshot snapshot, Resource resource) {
        OtlpMetrics metrics = new OtlpMetrics(resource);
        List<MetricData> all = new ArrayList<>();
        snapshot.forEach((metric, points) -> all.add(metrics.data(metric, points)));
        return all;
    }

    private MetricData data(Metric metric, List<DataPointSnapshot> points) {
        return switch (metric.kind()) {
            case COUNTER -> sum(metric, Snapshot.as(CounterDataPointSnapshot.class, points));
            case GAUGE -> new OtlpMetric(resource, metric, MetricDataType.LONG_GAUGE,
                    GaugeData.createLongGaugeData(Snapshot.as(GaugeDataPointSnapshot.class, points).stream()
                            .map(point -> LongPointData.create(now, now, attributes(point), (long) point.getValue()))
                            .toList()));
            case HISTOGRAM -> new OtlpMetric(resource, metric, MetricDataType.EXPONENTIAL_HISTOGRAM,
                    ExponentialHistogramData.create(AggregationTemporality.CUMULATIVE,
                            Snapshot.as(HistogramDataPointSnapshot.class, points).stream()
                                    .map(this::histogram)
                                    .toList()));
        };
    }

    private MetricData sum(Metric metric, List<CounterDataPointSnapshot> points) {
        AggregationTemporality cumulative = AggregationTemporality.CUMULATIVE;
        if (metric.unit().isEmpty()) {
            return new OtlpMetric(resource, metric, MetricDataType.LONG_SUM, SumData.createLongSumData(
                    true, cumulative, points.stream()
                            .map(p -> LongPointData.create(since(p), now, attributes(p), (long) p.getValue()))
                            .toList()));
        }
        return new OtlpMetric(resource, metric, MetricDataType.DOUBLE_SUM, SumData.createDoubleSumData(
                true, cumulative, points.stream()
                        .map(p -> DoublePointData.create(since(p), now, attributes(p), p.getValue(), List.of()))
                        .toList()));
    }

    private ExponentialHistogramPointData histogram(HistogramDataPointSnapshot point) {
        int scale = point.getNativeSchema();
        return ExponentialHistogramPointData.create(
                scale, point.getSum(), point.getNativeZeroCount(), false, 0, false, 0,
                buckets(scale, point.getNativeBucketsForPositiveValues()),
                ExponentialHistogramBuckets.create(scale, 0, List.of()),
                since(point), now, attributes(point), List.of());
    }

    /** From the first bucket with something in it to the last one. */
    private static ExponentialHistogramBuckets buckets(int scale, NativeHistogramBuckets buckets) {
        if (buckets.size() == 0) {
            return ExponentialHistogramBuckets.create(scale, 0, List.of());
        }
        int first = buckets.getBucketIndex(0);
        int last = buckets.getBucketIndex(buckets.size() - 1);
        List<Long> counts = new ArrayList<>(Collections.nCopies(last - first + 1, 0L));
        for (int i = 0; i < buckets.size(); i++) {
            counts.set(buckets.getBucketIndex(i) - first, buckets.getCount(i));
        }
        return ExponentialHistogramBuckets.create(scale, first - 1, counts);
    }

    private static Attributes attributes(DataPointSnapshot point) {
        AttributesBuilder attributes = Attributes.builder();
        point.getLabels().forEach(label -> attributes.put(label.getName(), label.getValue()));
        return attributes.build();
    }

    private static long since(DataPointSnapshot point) {
        return nanos(point.getCreatedTimestampMillis());
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
