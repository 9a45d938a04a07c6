package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Ignores;
import dev.virga.host.shape.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings for many workloads. */
@Ignores({"apiVersion", "kind", "status"})
public record ConfigMap(
        @Field("Name, namespace, labels.") Metadata metadata,
        @Field(value = "Settings.", keys = Text.CONFIG_KEY) Map<String, String> data,
        @Field(value = "Settings in base64.", keys = Text.CONFIG_KEY) Map<String, Bytes> binaryData,
        @Field(value = "Whether it never changes.", fallback = "false") boolean immutable)
        implements Manifest, Checked {

    @Override
    public void check(Report report) {
        data.keySet().stream().filter(binaryData::containsKey).forEach(key ->
                report.problem("also stands in data; take one out", "binaryData", key));
    }

    /**
     * All of it as text.
     *
     * @throws ConfigException if a binary value is not UTF-8
     */
    Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>(data);
        binaryData.forEach((key, value) -> all.put(key, value.text(this, key)));
        return all;
    }
}
