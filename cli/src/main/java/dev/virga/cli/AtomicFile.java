package dev.virga.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.SecureRandom;

/** Writes files so that there is the old content or the new one at any time, and never half of it. */
public final class AtomicFile {

    private AtomicFile() {}

    /**
     * Writes a new file or replaces one, whose permissions stay; a link stays and its target is
     * replaced.
     *
     * @throws CliException.Failed if it cannot be written; then it is as it was
     */
    public static void write(Path path, byte[] content) {
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            String name = "." + target.getFileName() + "." + Long.toHexString(new SecureRandom().nextLong()) + ".tmp";
            Path temporary = Files.createFile(target.resolveSibling(name));
            try {
                Files.write(temporary, content);
                keepPermissions(target, temporary);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new CliException.Failed(path + ": cannot be written: " + reason(e));
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
