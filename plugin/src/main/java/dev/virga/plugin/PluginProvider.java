package dev.virga.plugin;

/** Finds a plugin: named in {@code META-INF/services/dev.virga.plugin.PluginProvider}. */
public interface PluginProvider {

    /** For settings and error texts, for example {@code keyvalue}. */
    String name();

    /**
     * The first phase: once for a host. It should not need a backend to be there; what is not reached now may be
     * later.
     *
     * @throws PluginException if a setting of the host is wrong
     */
    Plugin open(PluginHost host);
}
