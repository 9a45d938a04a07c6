package dev.virga.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.manifest.ImageReference;
import dev.virga.host.manifest.Reference;
import dev.virga.oci.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Credentials for registries out of secrets of type {@code kubernetes.io/dockerconfigjson}. */
public final class PullSecrets {

    private static final String KEY = ".dockerconfigjson";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String namespace;
    private final ConfigSources sources;

    public PullSecrets(String namespace, ConfigSources sources) {
        this.namespace = namespace;
        this.sources = sources;
    }

    /** @throws HostException.Refused if the secret is missing or does not hold credentials for the registry */
    public Optional<Credentials> find(Optional<Reference> secret, ImageReference image) {
        return secret.map(s -> credentials(s.name(), image));
    }

    private Credentials credentials(String name, ImageReference image) {
        Map<String, String> values = sources.secret(namespace, name)
                .orElseThrow(() -> refused(name, "is not there; apply it first"));
        String config = Optional.ofNullable(values.get(KEY)).orElseThrow(() -> refused(name, "has no " + KEY));
        try {
            JsonNode auths = JSON.readTree(config).path("auths");
            String registry = image.text().substring(0, Math.max(0, image.text().indexOf('/')));
            JsonNode entry = auths.path(registry);
            if (entry.isMissingNode()) {
                entry = auths.path("https://" + registry);
            }
            if (entry.hasNonNull("auth")) {
                String pair = new String(
                        Base64.getDecoder().decode(entry.path("auth").asText()), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                if (colon > 0) {
                    return new Credentials(pair.substring(0, colon), pair.substring(colon + 1));
                }
            } else if (entry.hasNonNull("username") && entry.hasNonNull("password")) {
                return new Credentials(entry.path("username").asText(), entry.path("password").asText());
            }
            throw refused(name, "has no credentials for the registry " + registry);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw refused(name, "is malformed");
        }
    }

    private HostException.Refused refused(String name, String why) {
        return new HostException.Refused("imagePullSecret " + namespace + "/" + name + " " + why);
    }
}
