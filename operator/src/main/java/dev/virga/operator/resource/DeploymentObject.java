package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** A {@code WorkloadDeployment}. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("WorkloadDeployment")
@Plural("workloaddeployments")
public final class DeploymentObject extends Described<DeploymentStatus> {

    private static final long serialVersionUID = 1L;

    /** Never null. */
    @JsonIgnore
    public DeploymentStatus status() {
        return getStatus() == null ? DeploymentStatus.NONE : getStatus();
    }
}
