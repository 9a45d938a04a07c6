package dev.virga.oci;

/** When a registry is asked for an image that is here already. */
public enum PullPolicy {
    /** Each time: a tag may have moved. What it stands for is not fetched twice. */
    ALWAYS,
    IF_NOT_PRESENT,
    /** Not even if it is not here. */
    NEVER
}
