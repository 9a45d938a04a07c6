package dev.virga.hostapi.message;

import java.util.List;
import java.util.Map;

/** What a component may see and reach. The message's limits of memory and processors mean nothing to any host. */
public record LocalResources(
        Map<String, String> config,
        Map<String, String> environment,
        List<VolumeMount> volumeMounts,
        List<String> allowedHosts,
        List<String> allowedIpNameLookups,
        List<String> allowedHostLoopbackPorts) {}
