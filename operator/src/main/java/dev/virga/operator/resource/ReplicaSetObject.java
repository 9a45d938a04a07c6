package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** A {@code WorkloadReplicaSet}. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("WorkloadReplicaSet")
@Plural("workloadreplicasets")
public final class ReplicaSetObject extends Described<ReplicaSetStatus> {

    private static final long serialVersionUID = 1L;

    /** Never null. */
    @JsonIgnore
    public ReplicaSetStatus status() {
        return getStatus() == null ? ReplicaSetStatus.NONE : getStatus();
    }
}
