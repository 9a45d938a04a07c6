package dev.virga.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.manifest.ImageReference;
import dev.virga.host.manifest.Reference;
import dev.virga.oci.Credentials;
import dev.virga.oci.RegistryAuths;
import dev.virga.oci.RemoteImage;
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

    /**
     * None for a file, which needs none.
     *
     * @throws HostException.Refused if the secret is missing or does not hold credentials for the registry
     * @throws dev.virga.oci.ImageException if the image is no reference
     */
    public Optional<Credentials> find(Optional<Reference> secret, ImageReference image) {
        return secret.filter(_ -> !image.text().startsWith("file:")).map(s -> credentials(s.name(), image));
    }

    private Credentials credentials(String name, ImageReference image) {
        Map<String, String> values = sources.secret(namespace, name)
                .orElseThrow(() -> refused(name, "is not there; apply it first"));
        String config = Optional.ofNullable(values.get(KEY)).orElseThrow(() -> refused(name, "has no " + KEY));
        try {
            String registry = RemoteImage.registry(image.text());
            return RegistryAuths.find(JSON.readTree(config), registry)
                    .orElseThrow(() -> refused(name, "has no credentials for the registry " + registry));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw refused(name, "is malformed");
        }
    }

    private HostException.Refused refused(String name, String why) {
        return new HostException.Refused("imagePullSecret " + namespace + "/" + name + " " + why);
    }
}
