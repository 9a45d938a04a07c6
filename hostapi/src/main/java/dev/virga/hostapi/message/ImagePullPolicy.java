package dev.virga.hostapi.message;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** When an image is fetched; in the order of the numbers on the wire. */
public enum ImagePullPolicy {
    @JsonEnumDefaultValue
    @JsonProperty("IMAGE_PULL_POLICY_UNSPECIFIED")
    UNSPECIFIED,
    @JsonProperty("IMAGE_PULL_POLICY_ALWAYS")
    ALWAYS,
    @JsonProperty("IMAGE_PULL_POLICY_IF_NOT_PRESENT")
    IF_NOT_PRESENT,
    @JsonProperty("IMAGE_PULL_POLICY_NEVER")
    NEVER
}
