package dev.virga.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads out of the SDK's metrics about itself what it dropped: its queue was full, or the collector took nothing. */
final class OtlpDrops implements MetricReader {

    private static final AttributeKey<Boolean> DROPPED = AttributeKey.booleanKey("dropped");
    private static final AttributeKey<Boolean> SUCCESS = AttributeKey.booleanKey("success");
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("type");
    private static final ScopedValue<Boolean> OWN_READ = ScopedValue.newInstance();

    private volatile CollectionRegistration registration = CollectionRegistration.noop();

    /** The same, but silent while the drops are read, which must not read all else as well. */
    static MetricProducer unlessReadingDrops(MetricProducer producer) {
        return resource -> OWN_READ.isBound() ? List.of() : producer.produce(resource);
    }

    /** By signal: {@code traces}, {@code logs}. */
    Map<String, Long> read() {
        Map<String, Long> drops = new TreeMap<>(Map.of("traces", 0L, "logs", 0L));
        for (MetricData metric : ScopedValue.where(OWN_READ, true).call(registration::collectAllMetrics)) {
            switch (metric.getName()) {
                case "processedSpans" -> full("traces", metric, drops);
                case "processedLogs" -> full("logs", metric, drops);
                case "otlp.exporter.exported" -> failed(metric, drops);
                default -> {}
            }
        }
        return drops;
    }

    private static void full(String signal, MetricData metric, Map<String, Long> drops) {
        for (LongPointData point : metric.getLongSumData().getPoints()) {
            if (Boolean.TRUE.equals(point.getAttributes().get(DROPPED))) {
                drops.merge(signal, point.getValue(), Long::sum);
            }
        }
    }

    private static void failed(MetricData metric, Map<String, Long> drops) {
        for (LongPointData point : metric.getLongSumData().getPoints()) {
            Attributes attributes = point.getAttributes();
            String type = attributes.get(TYPE);
            if (Boolean.FALSE.equals(attributes.get(SUCCESS)) && ("span".equals(type) || "log".equals(type))) {
                drops.merge(type.equals("span") ? "traces" : "logs", point.getValue(), Long::sum);
            }
        }
    }

    @Override
    public void register(CollectionRegistration registration) {
        this.registration = registration;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
        return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
