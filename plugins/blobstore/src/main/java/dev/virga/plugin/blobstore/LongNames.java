package dev.virga.plugin.blobstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The names of objects that are too long for a file's: each has a file of its own, there before the object's. */
final class LongNames {

    /** What is read at most: somebody else may have put a file there. */
    private static final int MOST = 64 << 10;

    interface Rename {
        void run() throws IOException;
    }

    private final DirectoryLayout layout;
    /** So that nobody forgets the name of an object that somebody else just renames into its place. */
    private final Object[] locks = new Object[64];

    LongNames(DirectoryLayout layout) {
        this.layout = layout;
        Arrays.setAll(locks, _ -> new Object());
    }

    /** Keeps the object's name, if need be, and then renames a file into its place. */
    void keep(BlobId object, Rename rename) throws IOException {
        if (!FileName.isHash(FileName.of(object.name()))) {
            rename.run();
            return;
        }
        synchronized (lock(object)) {
            Path file = file(object);
            if (Folders.attributes(file).isEmpty()) {
                Folders.write(layout.newTemporary(), file, object.name().getBytes(StandardCharsets.UTF_8));
            }
            rename.run();
        }
    }

    /** The object was deleted, if nobody has written it again. */
    void forget(BlobId object) throws IOException {
        if (FileName.isHash(FileName.of(object.name()))) {
            synchronized (lock(object)) {
                if (Folders.attributes(layout.object(object)).isEmpty()) {
                    Files.deleteIfExists(file(object));
                }
            }
        }
    }

    /** Of a file among a container's objects; empty if it is none. */
    Optional<String> nameOf(Path object) throws IOException {
        String fileName = object.getFileName().toString();
        if (!FileName.isHash(fileName)) {
            return FileName.decode(fileName);
        }
        Path container = object.getParent().getParent();
        Path file = DirectoryLayout.names(container).resolve(fileName);
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MOST);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8))
                    .filter(name -> FileName.of(name).equals(fileName));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path file(BlobId object) {
        return DirectoryLayout.names(layout.container(object.container())).resolve(FileName.of(object.name()));
    }

    private Object lock(BlobId object) {
        return locks[Math.floorMod(object.hashCode(), locks.length)];
    }
}
