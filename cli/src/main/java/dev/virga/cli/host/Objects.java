package dev.virga.cli.host;

import com.fasterxml.jackson.databind.JsonNode;

/** Objects as a host shows them. */
final class Objects {

    private Objects() {}

    /** Kind, namespace and name of what was applied. */
    static String id(JsonNode applied) {
        return applied.path("kind").asText() + " " + applied.path("namespace").asText() + "/"
                + applied.path("name").asText();
    }

    /** The same of a manifest. */
    static String idOf(JsonNode manifest) {
        return manifest.path("kind").asText() + " " + namespace(manifest) + "/"
                + manifest.path("metadata").path("name").asText();
    }

    static String namespace(JsonNode manifest) {
        return manifest.path("metadata").path("namespace").asText("default");
    }

    static String phase(JsonNode manifest) {
        return manifest.path("status").path("phase").asText();
    }

    static String message(JsonNode manifest) {
        return manifest.path("status").path("message").asText();
    }

    /** What each replica is. */
    static JsonNode workload(JsonNode manifest) {
        JsonNode template = manifest.path("spec").path("template").path("spec");
        return template.isMissingNode() ? manifest.path("spec") : template;
    }
}
