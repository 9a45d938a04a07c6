package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.util.Optional;

/** A directory that can be mounted. */
public record Volume(
        @Field(value = "Name, unique in the workload.", text = Text.LABEL) String name,
        @Field("An empty directory that goes when the workload goes.") Optional<EphemeralVolume> ephemeral,
        @Field("A directory of the host; the host must allow it too.") Optional<HostPathVolume> hostPath)
        implements Checked {

    @Override
    public void check(Report report) {
        if (ephemeral.isPresent() == hostPath.isPresent()) {
            report.problem("needs either ephemeral or hostPath" + (hostPath.isPresent() ? ", not both" : ""));
        }
    }
}
