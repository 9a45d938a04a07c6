package dev.virga.telemetry;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The OpenTelemetry SDK, set up out of the standard variables. */
final class Otlp implements AutoCloseable {

    private static final String SCOPE = "dev.virga";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final OtlpSettings settings;
    private final OtlpMessages messages;
    private final OtlpDrops drops = new OtlpDrops();
    private final OpenTelemetrySdk sdk;

    /**
     * @param metrics what is to be exported; asked for from time to time
     * @param problems takes what the SDK has to say about itself, a line at a time
     * @throws TelemetryException if a variable is wrong
     */
    Otlp(OtlpSettings settings, Supplier<Snapshot> metrics, Consumer<String> problems) {
        this.settings = settings;
        this.messages = new OtlpMessages(problems);
        try {
            this.sdk = sdk(metrics);
        } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
            messages.close();
            throw new TelemetryException("OTLP cannot be set up: " + e.getMessage()
                    + "; correct the OTEL_* variables, or set OTEL_SDK_DISABLED=true", e);
        }
    }

    private OpenTelemetrySdk sdk(Supplier<Snapshot> metrics) {
        return AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesCustomizer(ignored -> settings.properties())
                .addMeterProviderCustomizer((meters, config) -> meters
                        .registerMetricReader(drops)
                        .registerMetricProducer(OtlpDrops.unlessReadingDrops(
                                resource -> OtlpMetrics.of(metrics.get(), resource))))
                .build()
                .getOpenTelemetrySdk();
    }

    /** Empty if traces are off. */
    Optional<Tracer> tracer() {
        return settings.traces() ? Optional.of(sdk.getTracer(SCOPE)) : Optional.empty();
    }

    /** Takes log lines; does nothing if logs are off. */
    Consumer<LogLine> log() {
        return settings.logs() ? new OtlpLog(sdk.getLogsBridge().get(SCOPE)) : line -> {};
    }

    /** What did not reach the collector, by signal. */
    Map<String, Long> dropped() {
        return drops.read();
    }

    /** Sends what waits. A dead collector gets five seconds; the SDK itself would wait for longer. */
    @Override
    public void close() {
        Thread shutdown = Thread.ofVirtual().name("virga-otlp-close").start(
                () -> sdk.shutdown().join(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS));
        try {
            shutdown.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        messages.close();
    }
}
