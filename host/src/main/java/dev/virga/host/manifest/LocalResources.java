package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.util.List;
import java.util.Map;

/** What a component may see and reach; without an entry, nothing. */
public record LocalResources(
        @Field("Volumes as directories of the component.") List<VolumeMount> volumeMounts,
        @Field(value = "Environment variables, for wasi:cli/environment.", fallback = "{}") ConfigLayer environment,
        @Field(value = "Settings for wasi:config/store.", keys = Text.SETTING) Map<String, String> config,
        @Field("Hosts that outgoing requests and sockets may reach: *, HOST[:PORT], SCHEME://HOST[:PORT], with *. for"
                        + " any subdomain.")
                List<HostPattern> allowedHosts,
        @Field("Names that may be resolved: *, NAME, *.SUFFIX, an address.") List<LookupPattern> allowedIpNameLookups,
        @Field("Ports of the machine's own loopback: PORT[/tcp|/udp]. The host must allow it too.")
                List<LoopbackPort> allowedHostLoopbackPorts)
        implements Checked {

    @Override
    public void check(Report report) {
        WorkloadChecks.unique(volumeMounts, VolumeMount::mountPath, "mount path", report, "volumeMounts");
    }
}
