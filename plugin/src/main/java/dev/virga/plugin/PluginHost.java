package dev.virga.plugin;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the host gives a plugin. */
public interface PluginHost {

    /** A folder for what must outlive the host; made when first asked for, the plugin's own. */
    Path data();

    /**
     * The backends that the host's operator has defined for this plugin, by name. A manifest chooses one by {@code
     * backend}; it cannot bring an address of its own, since that would be the host's reach, not the workload's.
     */
    Map<String, Backend> backends();

    /** The backend of this name, or the default one. */
    default Optional<Backend> backend(String name) {
        return Optional.ofNullable(backends().get(name));
    }

    /** For the operator; one line. */
    void log(String line);

    /**
     * @param kind for example {@code redis}
     * @param settings address, credentials and the like
     */
    record Backend(String kind, Settings settings) {}
}
