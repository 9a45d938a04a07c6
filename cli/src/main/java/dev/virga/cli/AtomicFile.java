package dev.virga.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Writes files so that there is the old content or the new one at any time, and never half of it. */
public final class AtomicFile {

    private AtomicFile() {}

    /**
     * Writes the file that {@code --out} names.
     *
     * @throws CliException.Usage if it cannot be written; then it is as it was
     */
    public static void writeOut(Path target, byte[] content) {
        if (Files.isDirectory(target)) {
            throw new CliException.Usage("--out " + target + ": a directory; name a file");
        }
        try {
            write(target, content);
        } catch (NoSuchFileException e) {
            throw new CliException.Usage("--out " + target + ": no such directory");
        } catch (IOException e) {
            throw new CliException.Usage("--out " + target + ": cannot be written: " + reason(e));
        }
    }

    /**
     * Writes a new file or replaces one, whose permissions stay; a link stays and its target is
     * replaced.
     *
     * @throws IOException if it cannot be written; then it is as it was
     */
    public static void write(Path path, byte[] content) throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        String name = "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp";
        Path temporary = target.resolveSibling(name);
        try {
            Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            keepPermissions(target, temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void keepPermissions(Path target, Path temporary) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
        if (view != null && Files.exists(target)) {
            view.setPermissions(Files.getPosixFilePermissions(target));
        }
    }

    /** In words: the messages of the JDK's file exceptions are often only the path. */
    public static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            default -> e.getMessage();
        };
    }
}
