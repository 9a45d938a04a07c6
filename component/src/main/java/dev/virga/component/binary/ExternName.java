package dev.virga.component.binary;

import java.util.Optional;

/**
 * An import's or export's name as written, with the attributes that may stand beside it (Binary,
 * {@code importname'} and {@code exportname'}).
 *
 * @param implemented the interface of {@code (implements "…")}
 * @param versionSuffix the rest of the version of {@code (versionsuffix "…")}
 * @param externalId the identifier of {@code (external-id "…")}
 */
public record ExternName(
        String text, Optional<String> implemented, Optional<String> versionSuffix, Optional<String> externalId) {

    public ExternName(String text) {
        this(text, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
