package dev.virga.telemetry;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The OpenTelemetry SDK, set up out of the standard variables; nothing of it runs unless they ask for it. */
final class Otlp implements AutoCloseable {

    private static final String SCOPE = "dev.virga";
    private static final long CLOSE_SECONDS = 5;

    private final Optional<OpenTelemetrySdk> sdk;
    private final OtlpSettings settings;

    private Otlp(Optional<OpenTelemetrySdk> sdk, OtlpSettings settings) {
        this.sdk = sdk;
        this.settings = settings;
    }

    /** @throws TelemetryException if a variable is wrong */
    static Otlp open(Map<String, String> environment, String hostId, Supplier<Snapshot> metrics) {
        OtlpSettings settings = OtlpSettings.of(environment);
        return new Otlp(settings.any() ? Optional.of(sdk(settings, hostId, metrics)) : Optional.empty(), settings);
    }

    private static OpenTelemetrySdk sdk(OtlpSettings settings, String hostId, Supplier<Snapshot> metrics) {
        try {
            return AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesCustomizer(ignored -> settings.properties())
                    .addResourceCustomizer((resource, config) -> resource.merge(
                            Resource.builder().put("service.instance.id", hostId).build()))
                    .addMeterProviderCustomizer((meters, config) -> meters.registerMetricProducer(
                            resource -> OtlpMetrics.of(metrics.get(), resource)))
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
        return Map.of();
    }

    @Override
    public void close() {
        sdk.ifPresent(s -> s.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS));
    }
}
