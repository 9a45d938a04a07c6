package dev.virga.host;

import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.WorkloadDeployment;
import dev.virga.host.manifest.WorkloadDeploymentSpec;
import dev.virga.host.manifest.WorkloadReplicaSet;
import dev.virga.host.manifest.WorkloadReplicaSetSpec;

/** Changes how many replicas a manifest asks for. */
final class Scaling {

    /** One host runs no more of one object: each replica is memory, and a listener of its plugins. */
    private static final int MOST = 1000;

    private Scaling() {}

    /** @throws HostException.Refused if it has no such number, or the number is not from 0 to {@value #MOST} */
    static Manifest scaled(Manifest manifest, int replicas) {
        if (replicas < 0 || replicas > MOST) {
            throw new HostException.Refused(replicas + " replicas: a number from 0 to " + MOST + " is taken");
        }
        return switch (manifest) {
            case WorkloadDeployment(var metadata, var spec, var virga) -> new WorkloadDeployment(
                    metadata,
                    new WorkloadDeploymentSpec(
                            replicas, spec.deployPolicy(), spec.artifacts(), spec.kubernetes(), spec.template()),
                    virga);
            case WorkloadReplicaSet(var metadata, var spec, var virga) ->
                    new WorkloadReplicaSet(metadata, new WorkloadReplicaSetSpec(replicas, spec.template()), virga);
            default -> throw new HostException.Refused(manifest.id()
                    + " has no replicas; a WorkloadDeployment or a WorkloadReplicaSet has");
        };
    }
}
