package dev.virga.hostapi.message;

/** A volume as a directory of a component. */
public record VolumeMount(String name, String mountPath, boolean readOnly) {}
