package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Ignores;
import dev.virga.host.shape.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Settings that are not shown. */
@Ignores({"apiVersion", "kind", "status"})
public record Secret(
        @Field("Name, namespace, labels.") Metadata metadata,
        @Field(value = "What it is for, for example kubernetes.io/dockerconfigjson.", text = Text.NOT_EMPTY)
                Optional<String> type,
        @Field(value = "Settings in base64.", keys = Text.CONFIG_KEY) Map<String, Bytes> data,
        @Field(value = "Settings as they are; they win over data.", keys = Text.CONFIG_KEY)
                Map<String, Confidential> stringData,
        @Field(value = "Whether it never changes.", fallback = "false") boolean immutable)
        implements Manifest {

    /**
     * All of it as text.
     *
     * @throws ConfigException if a value is not UTF-8
     */
    Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>();
        data.forEach((key, value) -> all.put(key, value.text(this, key)));
        stringData.forEach((key, value) -> all.put(key, value.text()));
        return all;
    }
}
