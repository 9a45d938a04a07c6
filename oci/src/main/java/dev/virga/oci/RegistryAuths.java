package dev.virga.oci;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The part {@code auths} of a Docker configuration. */
public final class RegistryAuths {

    private static final String DOCKER_HUB = "https://index.docker.io/v1/";

    private RegistryAuths() {}

    /** The name under which Docker keeps what belongs to a registry. */
    public static String key(String registry) {
        return registry.equals("docker.io") ? DOCKER_HUB : registry;
    }

    /**
     * @param registry {@code HOST[:PORT]}
     * @throws IllegalArgumentException if an entry is not Base64
     */
    public static Optional<Credentials> find(JsonNode config, String registry) {
        JsonNode auths = config.path("auths");
        return List.of(key(registry), "https://" + registry, "https://" + registry + "/").stream()
                .filter(auths::has)
                .findFirst()
                .flatMap(name -> credentials(auths.path(name)));
    }

    private static Optional<Credentials> credentials(JsonNode entry) {
        if (entry.hasNonNull("identitytoken") && !entry.path("identitytoken").asText().isEmpty()) {
            return Optional.of(Credentials.token(entry.path("identitytoken").asText()));
        }
        if (entry.hasNonNull("auth")) {
            String pair = new String(Base64.getDecoder().decode(entry.path("auth").asText()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon > 0
                    ? Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)))
                    : Optional.empty();
        }
        return entry.hasNonNull("username") && entry.hasNonNull("password")
                ? Optional.of(new Credentials(entry.path("username").asText(), entry.path("password").asText()))
                : Optional.empty();
    }
}
