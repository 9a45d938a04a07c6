package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Optional;

/**
 * An object whose spec stays the JSON that it is, so that fields which another version has put there survive. What it
 * means, {@link dev.virga.host.manifest.ManifestParser} says, for hosts and clusters alike.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public abstract class Described<S extends Status> extends CustomResource<ObjectNode, S> implements Namespaced {

    private static final long serialVersionUID = 1L;

    @JsonProperty("virga")
    private ObjectNode virga;

    /** What Virga adds; nothing where it is left out. */
    @JsonIgnore
    public Optional<ObjectNode> virga() {
        return Optional.ofNullable(virga);
    }

    public void virga(ObjectNode settings) {
        virga = settings.isEmpty() ? null : settings;
    }

    /** An absent field is a missing node. */
    public JsonNode field(String name) {
        return spec().path(name);
    }

    /** The spec, empty where it is left out. */
    @JsonIgnore
    public ObjectNode spec() {
        return getSpec() == null ? JsonNodeFactory.instance.objectNode() : getSpec();
    }

    /** {@code namespace/name}. */
    @JsonIgnore
    public String id() {
        return getMetadata().getNamespace() + "/" + getMetadata().getName();
    }

    @Override
    protected ObjectNode initSpec() {
        return null;
    }

    @Override
    protected S initStatus() {
        return null;
    }
}
