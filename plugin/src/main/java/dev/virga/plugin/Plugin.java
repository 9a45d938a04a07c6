package dev.virga.plugin;

import java.util.List;

/** Implements interfaces for the workloads of a host. Closed after all its bindings. */
public interface Plugin extends AutoCloseable {

    /** What it implements, for guests to import. */
    List<Offered<?>> offered();

    /** What it calls, for guests to export. */
    default List<Handled<?>> handled() {
        return List.of();
    }

    /**
     * The second phase: for a workload that may use some of its interfaces. Only checks, so that it can be
     * called to see whether a manifest is right: nothing is reached and nothing is changed.
     *
     * @throws PluginException.Refused if a setting is wrong, naming it
     */
    Binding bind(Grant grant);

    @Override
    void close();
}
