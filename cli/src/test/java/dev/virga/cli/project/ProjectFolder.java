package dev.virga.cli.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a project file. */
final class ProjectFolder {

    private ProjectFolder() {}

    static Project read(Path folder, String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return ProjectFiles.read(folder);
    }
}
