package dev.virga.cli.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a project is built and run. Paths are absolute.
 *
 * @param file that says so
 * @param command for a shell, in the folder
 * @param component what the command makes
 * @param wit the folder of the project's WIT; there may be none
 * @param world of it that the component is for; if it is empty, the only one
 * @param dev how it runs while it is worked on
 * @param notes what of the file is not used, for people
 */
record Project(
        Path folder,
        Path file,
        String command,
        Map<String, String> env,
        Path component,
        Path wit,
        Optional<String> world,
        Dev dev,
        List<String> notes) {

    /**
     * @param command that builds instead of the usual one
     * @param address HOST:PORT
     * @param watched files and folders; if there are none, all that is not hidden or made
     * @param manifest where the manifests come from
     */
    record Dev(Optional<String> command, Optional<String> address, List<Path> watched, DevManifest manifest) {}

    /** The folder's name as a workload may be called. */
    String name() {
        String name = folder.getFileName().toString().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String label = name.substring(0, Math.min(63, name.length())).replaceAll("^-+|-+$", "");
        return label.isEmpty() ? "dev" : label;
    }
}
