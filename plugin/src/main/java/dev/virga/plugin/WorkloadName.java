package dev.virga.plugin;

/**
 * @param namespace the tenant; nothing is shared between two
 * @param name unique in its namespace
 */
public record WorkloadName(String namespace, String name) {

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
