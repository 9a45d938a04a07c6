package dev.virga.cli.wit;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.GuestFile;
import dev.virga.component.ComponentException;
import dev.virga.component.wit.WitFiles;
import dev.virga.wit.WitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a command for WIT was given: text, or a component. */
final class WitInput {

    private WitInput() {}

    /**
     * A binary, if it is one.
     *
     * @throws CliException.Usage if it cannot be read
     * @throws CliException.Failed if it is a core module
     */
    static Optional<GuestFile> binary(Path path) {
        if (Files.isDirectory(path)) {
            return Optional.empty();
        }
        GuestFile file = GuestFile.read(path);
        if (file.isCoreModule()) {
            throw new CliException.Failed(file.name() + ": " + file.coreModuleHint());
        }
        return file.isWebAssembly() ? Optional.of(file) : Optional.empty();
    }

    /**
     * The text of a package and of those that it needs.
     *
     * @throws CliException.Usage if it cannot be read
     * @throws CliException.Failed if it is no text, or what it needs is not there, or an encoded package is none
     */
    static WitFiles text(Path path) {
        DependencyFolder.requireFetched(path);
        try {
            return WitFiles.read(path);
        } catch (IOException e) {
            throw new CliException.Usage(path + ": cannot be read: " + AtomicFile.reason(e));
        } catch (ComponentException e) {
            throw new CliException.Failed(e.getMessage());
        }
    }

    static CliException.Failed failed(WitException e) {
        return new CliException.Failed(e.getMessage());
    }
}
