package dev.virga.plugin.blobstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An object is a file. It is written elsewhere, brought to the disk and renamed, so that it is there as a whole or
 * not at all, and stays once a write was committed, whatever happens to the process or the machine.
 */
final class DirectoryBackend implements BlobBackend {

    private final DirectoryLayout layout;
    private final FileChannel lock;
    private final LongNames longNames;
    private final Rooms rooms;

    private DirectoryBackend(DirectoryLayout layout, FileChannel lock, long most) {
        this.layout = layout;
        this.lock = lock;
        this.longNames = new LongNames(layout);
        this.rooms = new Rooms(layout, most);
    }

    /**
     * Makes the folder if it is not there, and removes what a host that was killed has left.
     *
     * @param most bytes for each namespace
     */
    static DirectoryBackend open(Path folder, long most) throws IOException {
        Files.createDirectories(folder);
        DirectoryLayout layout = new DirectoryLayout(folder.toRealPath());
        FileChannel lock = FileChannel.open(layout.lock(),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (!locked(lock)) {
                throw new IOException("another host, or another blob store, uses it");
            }
            Folders.make(layout.temporary());
            Folders.make(layout.containers());
            Folders.deleteIn(layout.temporary());
            return new DirectoryBackend(layout, lock, most);
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    @SuppressWarnings("resource") // the lock goes with its channel
    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void create(ContainerId container) throws IOException {
        Path made = layout.newTemporary();
        Room room = rooms.of(container.namespace());
        room.take(Rooms.CONTAINER);
        try {
            Folders.make(layout.namespace(container.namespace()));
            Files.createDirectory(made);
            Files.createDirectory(DirectoryLayout.objects(made));
            Files.createDirectory(DirectoryLayout.names(made));
            Folders.sync(made);
            Files.move(made, layout.container(container), StandardCopyOption.ATOMIC_MOVE);
            Folders.sync(layout.namespace(container.namespace()));
        } catch (IOException e) {
            room.give(Rooms.CONTAINER);
            Folders.deleteTree(made);
            throw Folders.attributes(layout.container(container)).isPresent()
                    ? BlobException.containerExists(container)
                    : Folders.told(e);
        }
    }

    @Override
    public Optional<Instant> created(ContainerId container) throws IOException {
        try {
            // Its folder does not change any more, unlike those in it.
            return Folders.attributes(layout.existing(container)).map(a -> a.lastModifiedTime().toInstant());
        } catch (BlobException e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(ContainerId container) throws IOException {
        Path deleted = layout.newTemporary();
        try {
            Files.move(layout.existing(container), deleted, StandardCopyOption.ATOMIC_MOVE);
        } catch (BlobException | NoSuchFileException e) {
            return;
        }
        Folders.sync(layout.namespace(container.namespace()));
        long bytes = Rooms.ofContainer(deleted);
        Folders.deleteTree(deleted);
        rooms.of(container.namespace()).give(bytes);
    }

    @Override
    public void clear(ContainerId container) throws IOException {
        try (BlobListing names = list(container)) {
            for (List<String> some = names.next(1000); !some.isEmpty(); some = names.next(1000)) {
                delete(container, some);
            }
        }
    }

    @Override
    public BlobListing list(ContainerId container) throws IOException {
        return new DirectoryListing(DirectoryLayout.objects(layout.existing(container)), longNames);
    }

    @Override
    public Optional<BlobInfo> info(BlobId object) throws IOException {
        layout.existing(object.container());
        return file(object).map(a -> new BlobInfo(a.size(), a.lastModifiedTime().toInstant()));
    }

    /** Anything but a file was put there by somebody else, and is no object. */
    private Optional<BasicFileAttributes> file(BlobId object) throws IOException {
        return Folders.attributes(layout.object(object)).filter(BasicFileAttributes::isRegularFile);
    }

    @Override
    public BlobRead read(BlobId object, long start, long end) throws IOException {
        FileChannel file = open(object);
        try {
            long size = file.size();
            long from = Math.min(start, size);
            file.position(from);
            return new BlobRead(
                    end < from ? 0 : Math.min(end, size - 1) - from + 1, Channels.newInputStream(file));
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private FileChannel open(BlobId object) throws IOException {
        layout.existing(object.container());
        if (file(object).isEmpty()) {
            throw BlobException.noObject(object);
        }
        try {
            return FileChannel.open(
                    layout.object(object), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw BlobException.noObject(object);
        }
    }

    @Override
    public BlobWrite write(BlobId object) throws IOException {
        return open(object, layout.newTemporary());
    }

    private DirectoryWrite open(BlobId object, Path temporary) throws IOException {
        layout.existing(object.container());
        return new DirectoryWrite(object, temporary, layout, longNames, rooms.of(object.container().namespace()));
    }

    @Override
    public void delete(ContainerId container, List<String> objects) throws IOException {
        Path folder = DirectoryLayout.objects(layout.existing(container));
        for (String name : objects) {
            Folders.checkInterrupted();
            BlobId object = new BlobId(container, name);
            rooms.of(container.namespace())
                    .replace(layout.object(object), () -> Files.deleteIfExists(layout.object(object)));
            longNames.forget(object);
        }
        Folders.sync(folder);
    }

    @Override
    public void copy(BlobId from, BlobId to) throws IOException {
        try (FileChannel source = open(from);
                DirectoryWrite copy = open(to, layout.newTemporary())) {
            copy.transfer(source);
            copy.commit();
        }
    }

    @Override
    public void move(BlobId from, BlobId to) throws IOException {
        Path source = layout.existing(from.container());
        Path target = layout.existing(to.container());
        if (file(from).isEmpty()) {
            throw BlobException.noObject(from);
        }
        if (from.equals(to)) {
            return;
        }
        try {
            Room room = rooms.of(to.container().namespace());
            longNames.keep(to, () -> room.replace(layout.object(to), () ->
                    Files.move(layout.object(from), layout.object(to), StandardCopyOption.ATOMIC_MOVE)));
        } catch (NoSuchFileException e) {
            throw BlobException.noObject(from);
        } catch (IOException e) {
            throw Folders.told(e);
        }
        longNames.forget(from);
        Folders.sync(DirectoryLayout.objects(target));
        Folders.sync(DirectoryLayout.objects(source));
    }

    /** Bytes that a namespace has taken. */
    long used(String namespace) throws IOException {
        return rooms.of(namespace).used();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
