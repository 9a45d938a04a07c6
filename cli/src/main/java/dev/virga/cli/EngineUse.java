package dev.virga.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The engine that runs a component.
 *
 * @param name nothing if none can
 * @param why it is not the native engine, where nobody has asked for another one
 */
public record EngineUse(Optional<String> name, Optional<String> why) {

    /** For people. */
    public String text() {
        return name.orElse("none") + why.map(reason -> " (" + reason + ")").orElse("");
    }

    /** For programs. */
    public void json(ObjectNode node) {
        node.put("name", name.orElse(null)).put("why", why.orElse(null));
    }
}
