package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a host last said of itself.
 *
 * @param systemCpuUsage in percent
 * @param systemMemoryTotal in bytes
 * @param systemMemoryFree in bytes
 * @param lastSeen as RFC 3339
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HostStatus(
        List<Condition> conditions,
        @JsonInclude(JsonInclude.Include.ALWAYS) String version,
        @JsonInclude(JsonInclude.Include.ALWAYS) String osName,
        @JsonInclude(JsonInclude.Include.ALWAYS) String osArch,
        @JsonInclude(JsonInclude.Include.ALWAYS) String osKernel,
        @JsonProperty("systemCPUUsage") @JsonInclude(JsonInclude.Include.ALWAYS) String systemCpuUsage,
        long systemMemoryTotal,
        long systemMemoryFree,
        int componentCount,
        int workloadCount,
        String lastSeen)
        implements Status {

    public static final HostStatus NONE = new HostStatus(List.of(), "", "", "", "", "0", 0, 0, 0, 0, "");

    public HostStatus {
        conditions = Texts.orEmpty(conditions);
        version = Texts.orEmpty(version);
        osName = Texts.orEmpty(osName);
        osArch = Texts.orEmpty(osArch);
        osKernel = Texts.orEmpty(osKernel);
        systemCpuUsage = Texts.orEmpty(systemCpuUsage);
        lastSeen = Texts.orEmpty(lastSeen);
    }

    /** The same but for the conditions. */
    public HostStatus with(List<Condition> conditions) {
        return new HostStatus(
                conditions, version, osName, osArch, osKernel, systemCpuUsage, systemMemoryTotal, systemMemoryFree,
                componentCount, workloadCount, lastSeen);
    }
}
