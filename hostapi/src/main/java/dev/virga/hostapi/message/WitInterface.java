package dev.virga.hostapi.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * Interfaces of a package.
 *
 * @param packageName without the namespace
 * @param version may be empty
 * @param name under which components import it, or empty
 */
public record WitInterface(
        String namespace,
        @JsonProperty("package") String packageName,
        String version,
        List<String> interfaces,
        Map<String, String> config,
        String name) {}
