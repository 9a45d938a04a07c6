package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One of the things that must be so for an object to be ready.
 *
 * @param status True, False or Unknown
 * @param observedGeneration of the object when this was found out
 * @param lastTransitionTime when the status last changed, as RFC 3339
 * @param lastProbeTime never set; wasmCloud's schema has it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        long observedGeneration,
        String lastTransitionTime,
        String lastProbeTime) {

    public static final String TRUE = "True";
    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";
    public static final String READY = "Ready";

    public Condition {
        type = Texts.orEmpty(type);
        status = Texts.orEmpty(status);
        reason = Texts.orEmpty(reason);
        message = Texts.orEmpty(message);
        lastTransitionTime = Texts.orEmpty(lastTransitionTime);
        lastProbeTime = Texts.orEmpty(lastProbeTime);
    }

    @JsonIgnore
    public boolean isTrue() {
        return status.equals(TRUE);
    }
}
