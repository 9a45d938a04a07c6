package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Where a workload is and how it fares.
 *
 * @param workloadId as the host knows it; empty until the host has been told to start it
 * @param leftOn ids of hosts that may still run it, and have yet to be told to stop; ours
 * @param leftUnready those of them where it was not ready when it was left, such as one that never said that it took it:
 *     they get no requests; ours
 * @param startedAs digest of what the host was told to start; ours
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkloadStatus(
        List<Condition> conditions,
        String hostId,
        String environment,
        String workloadId,
        List<String> leftOn,
        List<String> leftUnready,
        String startedAs)
        implements Status {

    public static final WorkloadStatus NONE = new WorkloadStatus(List.of(), "", "", "", List.of(), List.of(), "");

    public WorkloadStatus {
        conditions = Texts.orEmpty(conditions);
        hostId = Texts.orEmpty(hostId);
        environment = Texts.orEmpty(environment);
        workloadId = Texts.orEmpty(workloadId);
        leftOn = Texts.orEmpty(leftOn);
        leftUnready = Texts.orEmpty(leftUnready);
        startedAs = Texts.orEmpty(startedAs);
    }
}
