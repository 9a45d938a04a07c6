package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.util.Map;

/** What the replicas of a set have in common. */
public record WorkloadTemplate(
        @Field(value = "Labels of each replica.", keys = Text.LABEL_KEY, text = Text.LABEL_VALUE)
                Map<String, String> labels,
        @Field(
                        value = "Annotations of each replica. virga.dev/settings may hold, as YAML, what virga holds"
                                + " otherwise.",
                        keys = Text.LABEL_KEY)
                Map<String, String> annotations,
        @Field("What runs.") WorkloadSpec spec) {}
