package dev.virga.cli.host;

import dev.virga.cli.DataDirectory;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flag {@code --data}, which says which host is meant. */
public final class FolderOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The host's own folder (default: virga in the user's data directory, such as "
                    + "~/.local/share/virga).")
    private Optional<Path> data;

    public Path path() {
        return data.orElseGet(DataDirectory::find).toAbsolutePath().normalize();
    }
}
