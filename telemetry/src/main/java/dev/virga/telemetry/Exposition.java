package dev.virga.telemetry;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;

/** Metrics at one moment, in Prometheus' text format or as OpenMetrics. */
public final class Exposition {

    private static final ExpositionFormatWriter PROMETHEUS = PrometheusTextFormatWriter.create();
    private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();

    private final ExpositionFormatWriter writer;
    private final MetricSnapshots metrics;

    private Exposition(ExpositionFormatWriter writer, MetricSnapshots metrics) {
        this.writer = writer;
        this.metrics = metrics;
    }

    /** @param accept a scraper's header of this name; empty if there is none */
    public static Exposition of(String accept, MetricSnapshots metrics) {
        return new Exposition(OPEN_METRICS.accepts(accept) ? OPEN_METRICS : PROMETHEUS, metrics);
    }

    public String contentType() {
        return writer.getContentType();
    }

    public void write(OutputStream out) throws IOException {
        writer.write(out, metrics, EscapingScheme.UNDERSCORE_ESCAPING);
    }
}
