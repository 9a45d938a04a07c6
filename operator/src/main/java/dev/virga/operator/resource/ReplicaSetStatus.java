package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** How the workloads of a set fare. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReplicaSetStatus(List<Condition> conditions, ReplicaCounts replicas) implements Status {

    public static final ReplicaSetStatus NONE = new ReplicaSetStatus(List.of(), ReplicaCounts.NONE);

    public ReplicaSetStatus {
        conditions = Texts.orEmpty(conditions);
        replicas = replicas == null ? ReplicaCounts.NONE : replicas;
    }
}
