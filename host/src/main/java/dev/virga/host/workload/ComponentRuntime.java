package dev.virga.host.workload;

import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.Tracing;
import dev.virga.telemetry.WorkloadTelemetry;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.WasiLimits;
import java.util.Map;
import dev.virga.wasi.http.HttpSender;
import java.util.Map;

/**
 * What all instances of a component in a workload share.
 *
 * @param links by import and function
 */
record ComponentRuntime(
        WorkloadName workload,
        String name,
        WasiGrants grants,
        Map<String, String> config,
        WasiLimits wasiLimits,
        Bindings bindings,
        Map<String, Map<String, RemoteFunction>> links,
        HttpSender sender,
        Diagnostics diagnostics,
        Tracing tracing,
        WorkloadTelemetry telemetry) {}
