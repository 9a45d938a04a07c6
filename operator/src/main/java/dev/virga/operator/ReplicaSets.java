package dev.virga.operator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.operator.resource.Api;
import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.ReplicaSetObject;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replica sets as a deployment writes them. */
final class ReplicaSets {

    /** What concerns the deployment itself, or would be wrong for a set. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of("kubectl.kubernetes.io/last-applied-configuration", Names.SETTINGS, Names.ROLLBACK_TO, Names.FAILED,
                    Names.WORKED);

    private ReplicaSets() {}

    static ReplicaSetObject of(
            DeploymentObject deployment, String name, DesiredTemplate desired, int replicas, long revision) {
        Map<String, String> labels = new HashMap<>(deployment.getMetadata().getLabels());
        labels.put(Api.DEPLOYMENT_LABEL, Names.label(deployment.getMetadata().getName()));
        Map<String, String> annotations = new HashMap<>(deployment.getMetadata().getAnnotations());
        annotations.keySet().removeAll(NOT_PASSED_ON);
        annotations.put(Names.REVISION, Long.toString(revision));
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(name);
        metadata.setNamespace(deployment.getMetadata().getNamespace());
        metadata.setLabels(labels);
        metadata.setAnnotations(annotations);
        metadata.setOwnerReferences(List.of(Writes.owner(deployment)));
        ObjectNode spec = Trees.empty().put("replicas", replicas);
        spec.set("template", desired.template());
        ReplicaSetObject set = new ReplicaSetObject();
        set.setMetadata(metadata);
        set.setSpec(spec);
        set.virga(desired.virga());
        return set;
    }

    /** Those of a deployment, as the cluster has them. */
    static List<ReplicaSetObject> read(KubernetesClient client, DeploymentObject deployment) {
        return client.resources(ReplicaSetObject.class)
                .inNamespace(deployment.getMetadata().getNamespace())
                .withLabel(Api.DEPLOYMENT_LABEL, Names.label(deployment.getMetadata().getName()))
                .list()
                .getItems()
                .stream()
                .filter(s -> Writes.isOwnedBy(s, deployment) && !s.isMarkedForDeletion())
                .toList();
    }

    /** What a deployment holds of the number that a set of it is about to get. */
    static DeploymentObject numbered(DeploymentObject deployment, long revision) {
        ObjectMeta metadata = Writes.of(deployment);
        metadata.setResourceVersion(deployment.getMetadata().getResourceVersion());
        metadata.setAnnotations(Map.of(Names.REVISION, Long.toString(revision)));
        DeploymentObject numbered = new DeploymentObject();
        numbered.setMetadata(metadata);
        return numbered;
    }

    /** The same set with another size. */
    static ReplicaSetObject resized(ReplicaSetObject set, int replicas) {
        ReplicaSetObject copy = copy(set);
        copy.getSpec().put("replicas", replicas);
        return copy;
    }

    /** The same set, marked as one that did not become ready. */
    static ReplicaSetObject failed(ReplicaSetObject set) {
        return annotated(set, Names.FAILED, "true");
    }

    /** The same set, marked as one that has been ready as the revision that it is. */
    static ReplicaSetObject worked(ReplicaSetObject set) {
        return annotated(set, Names.WORKED, Long.toString(Revisions.number(set)));
    }

    private static ReplicaSetObject annotated(ReplicaSetObject set, String key, String value) {
        ReplicaSetObject copy = copy(set);
        Map<String, String> annotations = new HashMap<>(copy.getMetadata().getAnnotations());
        annotations.put(key, value);
        copy.getMetadata().setAnnotations(annotations);
        return copy;
    }

    private static ReplicaSetObject copy(ReplicaSetObject set) {
        ObjectMeta metadata = Writes.of(set);
        metadata.setLabels(set.getMetadata().getLabels());
        metadata.setAnnotations(set.getMetadata().getAnnotations());
        metadata.setOwnerReferences(set.getMetadata().getOwnerReferences());
        ReplicaSetObject copy = new ReplicaSetObject();
        copy.setMetadata(metadata);
        copy.setSpec(set.spec().deepCopy());
        set.virga().ifPresent(copy::virga);
        return copy;
    }
}
