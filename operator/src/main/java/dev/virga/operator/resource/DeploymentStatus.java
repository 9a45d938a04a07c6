package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * How far a rollout is.
 *
 * @param currentReplicas what {@code /scale} shows
 * @param selector of the workloads, for {@code /scale}
 * @param progress how many replicas of the current set were ready at most; ours
 * @param progressedAt when that last grew, as RFC 3339; ours
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeploymentStatus(
        List<Condition> conditions,
        Optional<LocalReference> currentReplicaSet,
        Optional<LocalReference> previousReplicaSet,
        ReplicaCounts replicas,
        int currentReplicas,
        String selector,
        int progress,
        String progressedAt)
        implements Status {

    public static final DeploymentStatus NONE = new DeploymentStatus(
            List.of(), Optional.empty(), Optional.empty(), ReplicaCounts.NONE, 0, "", 0, "");

    public DeploymentStatus {
        conditions = Texts.orEmpty(conditions);
        currentReplicaSet = currentReplicaSet == null ? Optional.empty() : currentReplicaSet;
        previousReplicaSet = previousReplicaSet == null ? Optional.empty() : previousReplicaSet;
        replicas = replicas == null ? ReplicaCounts.NONE : replicas;
        selector = Texts.orEmpty(selector);
        progressedAt = Texts.orEmpty(progressedAt);
    }
}
