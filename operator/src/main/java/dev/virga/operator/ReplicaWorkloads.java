package dev.virga.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.operator.resource.Api;
import dev.virga.operator.resource.ReplicaSetObject;
import dev.virga.operator.resource.WorkloadObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Workloads as a replica set writes them, and knows them again. */
final class ReplicaWorkloads {

    private ReplicaWorkloads() {}

    static String digest(ReplicaSetObject set) {
        return Names.digest(
                Trees.canonical(set.field("template")) + set.virga().map(Trees::canonical).orElse(""));
    }

    /** Long enough a part of the digest that an earlier template has another. */
    static String name(ReplicaSetObject set, String digest, String number) {
        return Names.name(set.getMetadata().getName(), digest.substring(0, 6) + number);
    }

    /**
     * By what it was made of, which a webhook may have changed; or by what it holds, so that a set of another operator is
     * taken over as it is.
     */
    static boolean isCurrent(ReplicaSetObject set, String digest, WorkloadObject workload) {
        if (digest.equals(workload.getMetadata().getAnnotations().get(Api.GENERATION))) {
            return true;
        }
        JsonNode template = set.field("template");
        return workload.spec().equals(template.path("spec"))
                && config(workload).equals(template.path("annotations").path(Names.CONFIG_HASH).asText(""))
                && (workload.virga().equals(set.virga()) || workload.virga().isEmpty());
    }

    private static String config(HasMetadata workload) {
        return workload.getMetadata().getAnnotations().getOrDefault(Names.CONFIG_HASH, "");
    }

    static WorkloadObject of(ReplicaSetObject set, String name, String digest) {
        JsonNode template = set.field("template");
        Map<String, String> labels = new HashMap<>(Trees.strings(template.path("labels")));
        labels.put(Names.REPLICA_SET_LABEL, Names.label(set.getMetadata().getName()));
        String deployment = set.getMetadata().getLabels().get(Api.DEPLOYMENT_LABEL);
        if (deployment != null) {
            labels.put(Api.DEPLOYMENT_LABEL, deployment);
        }
        Map<String, String> annotations = new HashMap<>(Trees.strings(template.path("annotations")));
        annotations.put(Api.GENERATION, digest);
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(name);
        metadata.setNamespace(set.getMetadata().getNamespace());
        metadata.setLabels(labels);
        metadata.setAnnotations(annotations);
        metadata.setFinalizers(List.of(Api.WORKLOAD_FINALIZER));
        metadata.setOwnerReferences(List.of(Writes.owner(set)));
        WorkloadObject workload = new WorkloadObject();
        workload.setMetadata(metadata);
        workload.setSpec(template.path("spec").deepCopy());
        set.virga().ifPresent(workload::virga);
        return workload;
    }

    /** As the cluster will show one that has been deleted. */
    static WorkloadObject deleted(WorkloadObject workload, Instant now) {
        WorkloadObject deleted = new WorkloadObject();
        deleted.setMetadata(new ObjectMetaBuilder(workload.getMetadata())
                .withDeletionTimestamp(now.toString())
                .build());
        deleted.setSpec(workload.spec());
        workload.virga().ifPresent(deleted::virga);
        deleted.setStatus(workload.status());
        return deleted;
    }
}
