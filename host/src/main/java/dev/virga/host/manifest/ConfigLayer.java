package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.util.List;
import java.util.Map;

/** Settings from three sources; of equal keys the later source wins, and in a source the later object. */
public record ConfigLayer(
        @Field(value = "Settings.", keys = Text.SETTING) Map<String, String> config,
        @Field("ConfigMaps with more settings.") List<Reference> configFrom,
        @Field("Secrets with more settings.") List<Reference> secretFrom) {}
