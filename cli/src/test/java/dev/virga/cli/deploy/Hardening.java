package dev.virga.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds for all that is installed, whatever the values. */
final class Hardening {

    private Hardening() {}

    static void check(List<JsonNode> objects) {
        for (JsonNode object : objects) {
            String id = object.path("kind").asText() + " " + object.path("metadata").path("name").asText();
            // But for the one that holds what values say, which every render gives the same.
            assertFalse(id.startsWith("Secret ") && !id.equals("Secret virga-nats-auth"), "rendered anew each time: " + id);
            JsonNode pod = object.path("spec").path("template").path("spec");
            if (object.path("kind").asText().equals("Deployment")) {
                pod(id, pod);
            }
            object.path("rules").forEach(rule -> rule(id, rule));
        }
        isolated(objects);
    }

    private static void pod(String id, JsonNode pod) {
        JsonNode security = pod.path("securityContext");
        assertTrue(security.path("runAsNonRoot").asBoolean(), id);
        assertTrue(security.path("runAsUser").asInt() > 0, id);
        assertEquals("RuntimeDefault", security.path("seccompProfile").path("type").asText(), id);
        for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
            assertFalse(pod.path(shared).asBoolean(), id);
        }
        Set<String> volumes = new HashSet<>();
        pod.path("volumes").forEach(volume -> {
            assertFalse(volume.has("hostPath"), id);
            volumes.add(volume.path("name").asText());
        });
        pod.path("containers").forEach(container -> container(id, container, volumes));
    }

    private static void container(String id, JsonNode container, Set<String> volumes) {
        JsonNode security = container.path("securityContext");
        assertTrue(security.path("readOnlyRootFilesystem").asBoolean(), id);
        assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true), id);
        assertEquals("[\"ALL\"]", security.path("capabilities").path("drop").toString(), id);
        assertFalse(security.path("capabilities").has("add"), id);
        assertTrue(container.path("resources").path("limits").has("memory"), id);
        assertTrue(container.has("readinessProbe") && container.has("livenessProbe"), id);
        container.path("volumeMounts").forEach(mount -> assertTrue(volumes.contains(mount.path("name").asText()), id));
    }

    private static void rule(String id, JsonNode rule) {
        for (String part : List.of("apiGroups", "resources", "verbs")) {
            rule.path(part).forEach(word -> assertFalse(word.asText().equals("*"), id + " has a * among its " + part));
        }
        boolean secrets = rule.path("resources").toString().contains("\"secrets\"");
        assertFalse(secrets && rule.path("verbs").toString().matches(".*(create|update|patch|delete).*"), id);
    }

    /** Each Deployment has a NetworkPolicy of its name for its pods. */
    private static void isolated(List<JsonNode> objects) {
        Set<String> isolated = new HashSet<>();
        objects.stream().filter(o -> o.path("kind").asText().equals("NetworkPolicy")).forEach(policy -> isolated.add(
                policy.path("metadata").path("name").asText() + policy.path("spec").path("podSelector")));
        objects.stream().filter(o -> o.path("kind").asText().equals("Deployment")).forEach(deployment -> assertTrue(
                isolated.contains(deployment.path("metadata").path("name").asText()
                        + deployment.path("spec").path("selector")),
                deployment.path("metadata").path("name").asText()));
    }
}
