package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A {@code Workload}. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("Workload")
@Plural("workloads")
@ShortNames("ww")
public final class WorkloadObject extends Described<WorkloadStatus> {

    private static final long serialVersionUID = 1L;

    /** Never null. */
    @JsonIgnore
    public WorkloadStatus status() {
        return getStatus() == null ? WorkloadStatus.NONE : getStatus();
    }
}
