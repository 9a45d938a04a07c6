package dev.virga.cli.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What says how a project's component runs while it is worked on. */
sealed interface DevManifest {

    /** A file of manifests that the project has. */
    record File(Path path) implements DevManifest {}

    /**
     * One that is made for the component, which is granted the interfaces that it imports.
     *
     * @param service whether it is long-running; otherwise it is if nothing else can be done with it
     * @param others components beside it, by name
     * @param resources as {@code localResources} of the component
     * @param interfaces as {@code hostInterfaces}; those that it imports besides are added
     * @param volumes guests' paths by the hosts'
     */
    record Made(
            boolean service,
            Map<String, Path> others,
            Map<String, Object> resources,
            List<Map<String, Object>> interfaces,
            Map<Path, String> volumes)
            implements DevManifest {

        static final Made PLAIN = new Made(false, Map.of(), Map.of(), List.of(), Map.of());
    }
}
