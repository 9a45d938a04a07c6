package dev.virga.wit;

import java.util.Optional;

/**
 * What may stand before an item.
 *
 * @param docs the doc comment without its markers, lines separated by line feeds; empty if there is none
 * @param externalId the text of {@code @external-id}
 */
public record Annotations(String docs, Gate gate, Optional<String> externalId) {

    public static final Annotations NONE = new Annotations("", Gate.NONE, Optional.empty());
}
