package dev.virga.plugin.blobstore;

/**
 * @param namespace of the tenants that see it; empty if the operator lets all of them see the backend's containers.
 *     Containers of the same name in two namespaces have nothing in common
 * @param name what guests call it
 */
public record ContainerId(String namespace, String name) {}
