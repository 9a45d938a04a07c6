package dev.virga.hostapi.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs, with all that its manifest only names. */
public record Workload(
        String namespace,
        String name,
        Map<String, String> annotations,
        Optional<Service> service,
        Optional<WitWorld> witWorld,
        List<Volume> volumes) {}
