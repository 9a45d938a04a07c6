package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Ignores;
import dev.virga.host.shape.Text;
import java.util.Map;

/** What Kubernetes keeps of every object; what a cluster adds by itself is not read. */
@Ignores({
    "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "finalizers", "generateName", "generation",
    "managedFields", "ownerReferences", "resourceVersion", "selfLink", "uid"
})
public record Metadata(
        @Field(value = "Name, unique among the objects of this kind in the namespace.", text = Text.NAME)
                String name,
        @Field(value = "Namespace: the tenant.", text = Text.LABEL, fallback = "default") String namespace,
        @Field(value = "Labels, to select objects by.", keys = Text.LABEL_KEY, text = Text.LABEL_VALUE)
                Map<String, String> labels,
        @Field(
                        value = "Annotations: notes of tools. virga.dev/settings may hold, as YAML, what virga holds"
                                + " otherwise.",
                        keys = Text.LABEL_KEY)
                Map<String, String> annotations) {}
