package dev.virga.cli.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What says how a project's component runs while it is worked on. */
sealed interface DevManifest {

    /** A file of manifests that the project has. */
    record File(Path path) implements DevManifest {}

    /**
     * One that is made for the component, which is granted the interfaces that it imports.
     *
     * @param service whether it is long-running; otherwise it is if nothing else can be done with it
     * @param serviceFile a long-running component beside it
     * @param components others beside it, as entries of {@code components} in a manifest
     * @param resources as {@code localResources} of the component
     * @param interfaces as {@code hostInterfaces}; those that it imports besides are added
     * @param volumes guests' paths by the hosts'
     */
    record Made(
            boolean service,
            Optional<Path> serviceFile,
            List<Map<String, Object>> components,
            Map<String, Object> resources,
            List<Map<String, Object>> interfaces,
            Map<Path, String> volumes)
            implements DevManifest {

        static final Made PLAIN = new Made(false, Optional.empty(), List.of(), Map.of(), List.of(), Map.of());
    }
}
