package dev.virga.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The OpenTelemetry SDK, set up out of the standard variables; nothing of it runs unless they ask for it. */
final class Otlp implements AutoCloseable {

    private static final String SCOPE = "dev.virga";
    private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");
    private static final long CLOSE_SECONDS = 5;

    private final Optional<OpenTelemetrySdk> sdk;
    private final OtlpSettings settings;
    private final OtlpDrops drops;

    private Otlp(Optional<OpenTelemetrySdk> sdk, OtlpSettings settings, OtlpDrops drops) {
        this.sdk = sdk;
        this.settings = settings;
        this.drops = drops;
    }

    /** @throws TelemetryException if a variable is wrong */
    static Otlp open(Map<String, String> environment, String hostId, Supplier<Snapshot> metrics) {
        OtlpSettings settings = OtlpSettings.of(environment);
        OtlpDrops drops = new OtlpDrops();
        return new Otlp(
                settings.any() ? Optional.of(sdk(settings, hostId, metrics, drops)) : Optional.empty(),
                settings,
                drops);
    }

    private static OpenTelemetrySdk sdk(
            OtlpSettings settings, String hostId, Supplier<Snapshot> metrics, OtlpDrops drops) {
        try {
            return AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesCustomizer(ignored -> settings.properties())
                    .addResourceCustomizer((resource, config) -> resource.toBuilder().put(INSTANCE, hostId).build())
                    .addMeterProviderCustomizer((meters, config) -> meters
                            .registerMetricReader(drops)
                            .registerMetricProducer(OtlpDrops.unlessReadingDrops(
                                    resource -> OtlpMetrics.of(metrics.get(), resource))))
                    .build()
                    .getOpenTelemetrySdk();
        } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
            throw new TelemetryException("OTLP cannot be set up: " + e.getMessage()
                    + "; correct the OTEL_* variables, or set OTEL_SDK_DISABLED=true", e);
        }
    }

    /** Empty while tracing is off. */
    Optional<Tracer> tracer() {
        return sdk.filter(s -> settings.traces()).map(s -> s.getTracer(SCOPE));
    }

    /** Takes log lines; does nothing while logs are off. */
    Consumer<LogLine> log() {
        return sdk.filter(s -> settings.logs())
                .<Consumer<LogLine>>map(s -> new OtlpLog(s.getLogsBridge().get(SCOPE)))
                .orElse(line -> {});
    }

    /** What did not reach the collector, by signal. */
    Map<String, Long> dropped() {
        return sdk.isPresent() ? drops.read() : Map.of();
    }

    @Override
    public void close() {
        sdk.ifPresent(s -> s.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS));
    }
}
