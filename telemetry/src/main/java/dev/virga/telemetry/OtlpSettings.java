package dev.virga.telemetry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the standard {@code OTEL_*} variables ask for. A signal is on if there is an endpoint or an exporter for it:
 * unlike the SDK, the host sends nothing to a collector that nobody has named.
 *
 * @param properties for the SDK
 */
record OtlpSettings(boolean traces, boolean metrics, boolean logs, Map<String, String> properties) {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    static OtlpSettings of(Map<String, String> environment, String hostId) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "otel.exporter.otlp.protocol", "http/protobuf",
                // Makes up an id of its own; the host has one.
                "otel.java.disabled.resource.providers",
                        "io.opentelemetry.sdk.autoconfigure.ServiceInstanceIdResourceProvider",
                // A guest may bring long ones.
                "otel.attribute.value.length.limit", "4096"));
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_") && !value.isBlank()) {
                properties.put(property(name), value);
            }
        });
        // Before what the user says, which wins.
        String instance = URLEncoder.encode(hostId, StandardCharsets.UTF_8).replace("+", "%20");
        properties.merge(
                "otel.resource.attributes",
                "service.name=virga,service.instance.id=" + instance,
                (theirs, ours) -> ours + "," + theirs);
        boolean disabled = Boolean.parseBoolean(properties.get("otel.sdk.disabled"));
        boolean traces = !disabled && signal("TRACES", environment, properties);
        boolean metrics = !disabled && signal("METRICS", environment, properties);
        boolean logs = !disabled && signal("LOGS", environment, properties);
        return new OtlpSettings(traces, metrics, logs, Map.copyOf(properties));
    }

    boolean any() {
        return traces || metrics || logs;
    }

    /** Whether it is on; sets its exporter if no variable does. */
    private static boolean signal(String signal, Map<String, String> environment, Map<String, String> properties) {
        boolean endpoint = !environment.getOrDefault(ENDPOINT, "").isBlank()
                || !environment.getOrDefault("OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT", "").isBlank();
        String exporter = properties.computeIfAbsent(
                property("OTEL_" + signal + "_EXPORTER"), name -> endpoint ? "otlp" : "none");
        return !exporter.strip().equals("none");
    }

    private static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
