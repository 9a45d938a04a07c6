package dev.virga.hostapi.message;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Map;

/**
 * What a host tells of itself.
 *
 * @param id part of the subjects that reach the host
 * @param hostname its address, or a name that a cluster knows the address of
 * @param startedAt RFC 3339
 * @param systemCpuUsage in percent of all processors
 * @param systemMemoryTotal in bytes
 * @param systemMemoryFree in bytes
 * @param imports what components may import
 * @param exports what components may export for the host to call
 */
public record HostHeartbeat(
        String id,
        String hostname,
        String friendlyName,
        String version,
        Map<String, String> labels,
        String startedAt,
        String osArch,
        String osName,
        String osKernel,
        float systemCpuUsage,
        @JsonFormat(shape = JsonFormat.Shape.STRING) long systemMemoryTotal,
        @JsonFormat(shape = JsonFormat.Shape.STRING) long systemMemoryFree,
        @JsonFormat(shape = JsonFormat.Shape.STRING) long componentCount,
        @JsonFormat(shape = JsonFormat.Shape.STRING) long workloadCount,
        List<WitInterface> imports,
        List<WitInterface> exports,
        int httpPort,
        String environment) {}
