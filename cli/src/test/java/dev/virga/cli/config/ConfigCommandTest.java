package dev.virga.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigCommandTest {

    private static JsonNode setting(Map<String, String> environment, String name) throws Exception {
        CommandRun run = CommandRun.with(environment, "", "config", "--output", "json");
        assertEquals(0, run.exitCode(), run.err());
        for (JsonNode setting : new ObjectMapper().readTree(run.out()).path("settings")) {
            if (setting.path("name").asText().equals(name)) {
                return setting;
            }
        }
        throw new AssertionError("no " + name + " in " + run.out());
    }

    @Test
    void foldersComeFromVariablesOrAreTheDefault() throws Exception {
        JsonNode cache = setting(Map.of("XDG_CACHE_HOME", "/tmp/c"), "cache");
        assertEquals("/tmp/c/virga", cache.path("value").asText());
        assertEquals("$XDG_CACHE_HOME", cache.path("from").asText());
        assertEquals("default", setting(Map.of("XDG_CACHE_HOME", "relative"), "cache").path("from").asText());
        assertEquals("$XDG_DATA_HOME, --data", setting(Map.of("XDG_DATA_HOME", "/tmp/d"), "data").path("from").asText());
        assertEquals("/tmp/e/config.json", setting(Map.of("DOCKER_CONFIG", "/tmp/e"), "credentials").path("value").asText());
    }

    @Test
    void secretsAreNotShown() {
        CommandRun run = CommandRun.with(
                Map.of("OTEL_EXPORTER_OTLP_HEADERS", "api-key=hunter2", "OTEL_SERVICE_NAME", "edge"), "", "config");
        assertFalse(run.out().contains("hunter2"), run.out());
        assertTrue(run.out().contains("edge"), run.out());
    }
}
