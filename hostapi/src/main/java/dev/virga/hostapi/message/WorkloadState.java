package dev.virga.hostapi.message;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a workload is at; in the order of the numbers on the wire. */
public enum WorkloadState {
    @JsonEnumDefaultValue
    @JsonProperty("WORKLOAD_STATE_UNSPECIFIED")
    UNSPECIFIED,
    @JsonProperty("WORKLOAD_STATE_STARTING")
    STARTING,
    @JsonProperty("WORKLOAD_STATE_RUNNING")
    RUNNING,
    @JsonProperty("WORKLOAD_STATE_COMPLETED")
    COMPLETED,
    @JsonProperty("WORKLOAD_STATE_STOPPING")
    STOPPING,
    @JsonProperty("WORKLOAD_STATE_ERROR")
    ERROR,
    @JsonProperty("WORKLOAD_STATE_NOT_FOUND")
    NOT_FOUND
}
