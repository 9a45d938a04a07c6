package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Interfaces of one package that the host offers, and how. */
public record HostInterface(
        @Field(value = "Namespace of the package, for example wasi.", text = Text.WORDS) String namespace,
        @Field(value = "Name of the package, for example keyvalue.", name = "package", text = Text.WORDS)
                String packageName,
        @Field(value = "The package's version.", text = Text.VERSION) Optional<String> version,
        @Field(value = "Names of the interfaces.", text = Text.WORDS, minItems = 1) List<String> interfaces,
        @Field(
                        value = "Name under which components import it, where a package stands more than once.",
                        text = Text.IDENTIFIER)
                Optional<String> name,
        @Field(value = "Settings, for example the backend.", keys = Text.SETTING) Map<String, String> config,
        @Field("ConfigMaps with more settings.") List<Reference> configFrom,
        @Field("Secrets with more settings.") List<Reference> secretFrom) {

    /** Namespace and package, as WIT writes them. */
    public String packageId() {
        return namespace + ":" + packageName;
    }

    /** Its settings and where more are. */
    public ConfigLayer layer() {
        return new ConfigLayer(config, configFrom, secretFrom);
    }
}
