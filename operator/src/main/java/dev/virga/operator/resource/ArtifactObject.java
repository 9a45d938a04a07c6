package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** A {@code Artifact}. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("Artifact")
@Plural("artifacts")
public final class ArtifactObject extends Described<ArtifactStatus> {

    private static final long serialVersionUID = 1L;

    /** Never null. */
    @JsonIgnore
    public ArtifactStatus status() {
        return getStatus() == null ? ArtifactStatus.NONE : getStatus();
    }
}
