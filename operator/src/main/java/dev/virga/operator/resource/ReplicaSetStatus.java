package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How the workloads of a set fare.
 *
 * @param terminating workloads that are deleted, and may still run; ours
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReplicaSetStatus(List<Condition> conditions, ReplicaCounts replicas, int terminating) implements Status {

    public static final ReplicaSetStatus NONE = new ReplicaSetStatus(List.of(), ReplicaCounts.NONE, 0);

    public ReplicaSetStatus {
        conditions = Texts.orEmpty(conditions);
        replicas = replicas == null ? ReplicaCounts.NONE : replicas;
    }
}
