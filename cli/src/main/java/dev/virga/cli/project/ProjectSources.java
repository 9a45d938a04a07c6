package dev.virga.cli.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files and folders that a project is made of. */
final class ProjectSources {

    private ProjectSources() {}

    static List<Path> of(Project project) {
        List<Path> all = new ArrayList<>(project.dev().watched());
        if (all.isEmpty()) {
            all.add(project.folder());
        }
        all.add(project.file());
        if (project.dev().manifest() instanceof DevManifest.File(Path manifest)) {
            all.add(manifest);
        }
        return List.copyOf(all);
    }
}
