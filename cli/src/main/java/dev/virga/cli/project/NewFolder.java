package dev.virga.cli.project;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a new project. It appears with everything in it, or not at all. */
final class NewFolder {

    private final Path folder;

    /** @throws CliException.Usage if there is something already */
    NewFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
        if (Files.exists(folder) && !isEmpty(folder)) {
            throw new CliException.Usage(folder + ": exists already; name another one with --name");
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws CliException.Failed if it cannot be written */
    void write(List<GitTemplate.Entry> entries) {
        try {
            Path part = folder.resolveSibling("." + folder.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
            Files.createDirectory(part);
            try {
                for (GitTemplate.Entry entry : entries) {
                    write(part, entry);
                }
                Files.deleteIfExists(folder);
                Files.move(part, folder);
            } catch (IOException | RuntimeException e) {
                Folders.delete(part);
                throw e;
            }
        } catch (IOException e) {
            throw new CliException.Failed(folder + ": cannot be written: " + AtomicFile.reason(e));
        }
    }

    private static void write(Path root, GitTemplate.Entry entry) throws IOException {
        Path file = root.resolve(entry.path());
        Files.createDirectories(file.getParent());
        if (entry.link()) {
            Files.createSymbolicLink(file, Path.of(new String(entry.content(), StandardCharsets.UTF_8)));
            return;
        }
        Files.write(file, entry.content());
        if (entry.executable() && !file.toFile().setExecutable(true, false)) {
            throw new IOException(file + " cannot be made executable");
        }
    }
}
