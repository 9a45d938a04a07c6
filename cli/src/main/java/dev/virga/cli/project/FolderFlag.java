package dev.virga.cli.project;

import dev.virga.cli.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The flag {@code -C} of commands for projects. */
final class FolderFlag {

    @Option(
            names = "-C",
            paramLabel = "DIR",
            defaultValue = "",
            description = "Do it in this folder (default: the current one).")
    private Path folder;

    /** @throws CliException.Usage if there is no such folder */
    Path folder() {
        if (!Files.isDirectory(folder.toAbsolutePath())) {
            throw new CliException.Usage("-C " + folder + ": no such folder");
        }
        return folder;
    }
}
