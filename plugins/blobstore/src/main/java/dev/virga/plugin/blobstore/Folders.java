package dev.virga.plugin.blobstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** What the directory backend does with files, never following a symbolic link. */
final class Folders {

    /** How Linux and macOS call it that no space is left; Java has no exception of its own for it. */
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

    private Folders() {}

    static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
        try {
            return Optional.of(
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    static boolean isFolder(Path path) throws IOException {
        return attributes(path).filter(BasicFileAttributes::isDirectory).isPresent();
    }

    /** Makes the names in a folder outlive a power failure. */
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes a folder, whose parent is there, if it is not there. */
    static void make(Path folder) throws IOException {
        if (isFolder(folder)) {
            return;
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!isFolder(folder)) {
                throw e;
            }
        }
        sync(folder.getParent());
    }

    /** Writes a small file that is there as a whole or not at all. */
    static void write(Path temporary, Path file, byte[] bytes) throws IOException {
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            sync(file.getParent());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void deleteTree(Path root) throws IOException {
        if (isFolder(root)) {
            deleteIn(root);
            Files.delete(root);
        }
    }

    /** Deletes all that is in a folder. */
    static void deleteIn(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                checkInterrupted();
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (!folder.equals(root)) {
                    Files.delete(folder);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Loops over many files end when their thread is interrupted, as single reads and writes do. */
    static void checkInterrupted() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
    }

    /** What a guest may know of a failure to write. */
    static IOException told(IOException e) {
        String message = e.getMessage();
        return message != null && FULL.stream().anyMatch(message::contains)
                ? new BlobException(BlobException.Reason.QUOTA, "the disk of the blob store is full", e)
                : e;
    }
}
