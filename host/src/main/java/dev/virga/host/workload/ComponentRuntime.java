package dev.virga.host.workload;

import dev.virga.plugin.WorkloadName;
import dev.virga.telemetry.WorkloadTelemetry;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.WasiLimits;
import java.util.Map;
import dev.virga.wasi.http.HttpSender;

/** What all instances of a component in a workload share. */
record ComponentRuntime(
        WorkloadName workload,
        String name,
        WasiGrants grants,
        Map<String, String> config,
        WasiLimits wasiLimits,
        Bindings bindings,
        HttpSender sender,
        Diagnostics diagnostics,
        WorkloadTelemetry telemetry) {}
