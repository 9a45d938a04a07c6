package dev.virga.wasi.filesystem;

import dev.virga.component.Result;
import dev.virga.wasi.OpenThings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** An open directory. */
final class DirectoryDescriptor extends Descriptor implements Closeable {

    /** How often creating a file is tried again when others remove and make it at the same time. */
    private static final int CREATE_ATTEMPTS = 10;

    private final Node node;
    private final Set<DescriptorFlag> flags;
    private final OpenThings registry;
    private final DiskQuota quota;

    private DirectoryDescriptor(
            Node node, Set<DescriptorFlag> flags, boolean writable, OpenThings registry, DiskQuota quota) {
        super(node, writable);
        this.node = node;
        this.flags = flags;
        this.registry = registry;
        this.quota = quota;
    }

    /** Takes over the node. */
    static DirectoryDescriptor open(
            Node node, Set<DescriptorFlag> wanted, boolean writable, OpenThings registry, DiskQuota quota)
            throws IOException {
        Set<DescriptorFlag> flags = EnumSet.of(DescriptorFlag.READ);
        if (writable && wanted.contains(DescriptorFlag.MUTATE_DIRECTORY)) {
            flags.add(DescriptorFlag.MUTATE_DIRECTORY);
        }
        DirectoryDescriptor opened = new DirectoryDescriptor(node, flags, writable, registry, quota);
        registry.add(opened);
        return opened;
    }

    @Override
    public Result<Set<DescriptorFlag>, ErrorCode> getFlags() {
        return Result.ok(flags);
    }

    @Override
    public Result<Void, ErrorCode> syncData() {
        return sync();
    }

    @Override
    public Result<Void, ErrorCode> sync() {
        return Errors.attempt(() -> {
            if (!Walk.WINDOWS) { // which has no such thing
                try (FileChannel channel = node.open(Set.of(StandardOpenOption.READ))) {
                    channel.force(true);
                }
            }
            return null;
        });
    }

    @Override
    public Result<DirectoryEntryStream, ErrorCode> readDirectory() {
        return Errors.attempt(() -> {
            requireRoom();
            return DirectoryEntryStream.open(node, registry);
        });
    }

    @Override
    public Result<Descriptor, ErrorCode> openAt(
            Set<PathFlag> pathFlags, String path, Set<OpenFlag> open, Set<DescriptorFlag> wanted) {
        return Errors.attempt(() -> quota.exclusively(() -> {
            boolean create = open.contains(OpenFlag.CREATE);
            boolean exclusive = create && open.contains(OpenFlag.EXCLUSIVE);
            boolean truncate = open.contains(OpenFlag.TRUNCATE);
            if (open.contains(OpenFlag.DIRECTORY) && (create || truncate || open.contains(OpenFlag.EXCLUSIVE))) {
                throw new ErrorCodeException(ErrorCode.INVALID);
            }
            if (create || truncate || wanted.contains(DescriptorFlag.WRITE)) {
                requireWritable();
            }
            requireRoom();
            try (Walk walk = Walk.along(node, path, !exclusive && follows(pathFlags, path))) {
                Node found = create ? findOrCreate(walk, exclusive) : walk.parent().child(walk.name());
                try {
                    boolean directory = open.contains(OpenFlag.DIRECTORY) || walk.directoryOnly();
                    return open(found, directory, wanted, truncate, create);
                } catch (IOException | RuntimeException e) {
                    found.close();
                    throw e;
                }
            }
        }));
    }

    private Descriptor open(Node found, boolean directory, Set<DescriptorFlag> wanted, boolean truncate, boolean create)
            throws IOException {
        switch (found.attributes().type()) {
            case DIRECTORY -> {
                if (wanted.contains(DescriptorFlag.WRITE) || truncate || create) {
                    throw new ErrorCodeException(ErrorCode.IS_DIRECTORY);
                }
                return open(found, wanted, writable, registry, quota);
            }
            case SYMBOLIC_LINK -> throw new ErrorCodeException(ErrorCode.LOOP);
            case REGULAR_FILE, CHARACTER_DEVICE -> {
                if (directory) {
                    throw new ErrorCodeException(ErrorCode.NOT_DIRECTORY);
                }
                return new FileDescriptor(OpenFile.open(found, wanted, truncate, registry, quota), writable);
            }
            // Opening one could wait for ever, or is not for files.
            default -> throw new ErrorCodeException(directory ? ErrorCode.NOT_DIRECTORY : ErrorCode.UNSUPPORTED);
        }
    }

    private Node findOrCreate(Walk walk, boolean exclusive) throws IOException {
        for (int attempt = 0; attempt < CREATE_ATTEMPTS; attempt++) {
            try {
                Node found = walk.parent().child(walk.name());
                if (exclusive) {
                    found.close();
                    throw new ErrorCodeException(ErrorCode.EXIST);
                }
                return found;
            } catch (IOException e) {
                if (Errors.code(e) != ErrorCode.NO_ENTRY) {
                    throw e;
                }
            }
            if (walk.directoryOnly()) { // as Linux does for a new name with a slash at its end
                throw new ErrorCodeException(ErrorCode.IS_DIRECTORY);
            }
            try {
                quota.create(() -> Files.createFile(walk.target()));
                return walk.parent().child(walk.name());
            } catch (FileAlreadyExistsException e) {
                if (exclusive) {
                    throw e;
                }
            }
        }
        throw new ErrorCodeException(ErrorCode.BUSY);
    }

    @Override
    public Result<DescriptorStat, ErrorCode> statAt(Set<PathFlag> flags, String path) {
        return Errors.attempt(() -> lookUp(flags, path).stat());
    }

    @Override
    public Result<MetadataHash, ErrorCode> metadataHashAt(Set<PathFlag> flags, String path) {
        return Errors.attempt(() -> MetadataHash.of(lookUp(flags, path)));
    }

    private Attributes lookUp(Set<PathFlag> flags, String path) throws IOException {
        try (Walk walk = Walk.along(node, path, follows(flags, path))) {
            return walk.attributes();
        }
    }

    @Override
    public Result<Void, ErrorCode> setTimesAt(
            Set<PathFlag> flags, String path, NewTimestamp access, NewTimestamp modification) {
        return Errors.attempt(() -> {
            requireWritable();
            try (Walk walk = Walk.along(node, path, follows(flags, path))) {
                walk.attributes();
                setTimes(walk.target(), access, modification, LinkOption.NOFOLLOW_LINKS);
            }
            return null;
        });
    }

    @Override
    public Result<Void, ErrorCode> createDirectoryAt(String path) {
        return change(path, walk -> quota.create(() -> Files.createDirectory(walk.target())));
    }

    @Override
    public Result<Void, ErrorCode> removeDirectoryAt(String path) {
        return change(path, walk -> {
            if (walk.name().equals(".")) {
                throw new ErrorCodeException(ErrorCode.INVALID);
            }
            if (!walk.attributes().isDirectory()) {
                throw new ErrorCodeException(ErrorCode.NOT_DIRECTORY);
            }
            remove(walk);
        });
    }

    @Override
    public Result<Void, ErrorCode> unlinkFileAt(String path) {
        return change(path, walk -> {
            if (walk.attributes().isDirectory()) {
                throw new ErrorCodeException(ErrorCode.IS_DIRECTORY);
            }
            remove(walk);
        });
    }

    private void remove(Walk walk) throws IOException {
        Attributes gone = walk.attributes();
        Files.delete(walk.target());
        quota.removed(gone);
    }

    @Override
    public Result<Void, ErrorCode> symlinkAt(String oldPath, String newPath) {
        return change(newPath, walk -> {
            if (oldPath.startsWith("/")) {
                throw new ErrorCodeException(ErrorCode.NOT_PERMITTED);
            }
            if (oldPath.isEmpty()) {
                throw new ErrorCodeException(ErrorCode.NO_ENTRY);
            }
            if (oldPath.indexOf('\0') >= 0) {
                throw new ErrorCodeException(ErrorCode.INVALID);
            }
            requireNewName(walk);
            quota.create(() -> Files.createSymbolicLink(walk.target(), Path.of(oldPath)));
        });
    }

    @Override
    public Result<String, ErrorCode> readlinkAt(String path) {
        return Errors.attempt(() -> {
            try (Walk walk = Walk.along(node, path, path.endsWith("/"))) {
                if (!walk.attributes().isLink()) {
                    throw new ErrorCodeException(ErrorCode.INVALID);
                }
                return Walk.content(walk.target());
            }
        });
    }

    @Override
    public Result<Void, ErrorCode> linkAt(
            Set<PathFlag> oldFlags, String oldPath, Descriptor newDescriptor, String newPath) {
        return changeBoth(oldPath, newDescriptor, newPath, (from, to) -> {
            if (oldFlags.contains(PathFlag.SYMLINK_FOLLOW)) {
                throw new ErrorCodeException(ErrorCode.INVALID);
            }
            if (from.attributes().isDirectory()) {
                throw new ErrorCodeException(ErrorCode.NOT_PERMITTED);
            }
            requireNewName(to);
            quota.create(() -> Files.createLink(to.target(), from.target()));
        });
    }

    @Override
    public Result<Void, ErrorCode> renameAt(String oldPath, Descriptor newDescriptor, String newPath) {
        return changeBoth(oldPath, newDescriptor, newPath, (from, to) -> {
            if (from.name().equals(".") || to.name().equals(".")) {
                throw new ErrorCodeException(ErrorCode.BUSY);
            }
            boolean directory = from.attributes().isDirectory();
            Optional<Attributes> replaced = existing(to);
            if (!directory && replaced.isPresent() && replaced.get().isDirectory()) {
                throw new ErrorCodeException(ErrorCode.IS_DIRECTORY);
            }
            if (directory ? replaced.isPresent() && !replaced.get().isDirectory() : to.directoryOnly()) {
                throw new ErrorCodeException(ErrorCode.NOT_DIRECTORY);
            }
            boolean same = replaced.isPresent() && replaced.get().key().equals(from.attributes().key());
            Files.move(from.target(), to.target(), StandardCopyOption.ATOMIC_MOVE);
            if (!same) { // else both names stay (POSIX, rename)
                replaced.ifPresent(quota::removed);
            }
        });
    }

    private interface Change {
        void at(Walk walk) throws IOException;
    }

    private Result<Void, ErrorCode> change(String path, Change change) {
        return Errors.attempt(() -> {
            requireWritable();
            return quota.exclusively(() -> {
                try (Walk walk = Walk.along(node, path, false)) {
                    change.at(walk);
                }
                return null;
            });
        });
    }

    private interface ChangeOfTwo {
        void at(Walk from, Walk to) throws IOException;
    }

    private Result<Void, ErrorCode> changeBoth(
            String oldPath, Descriptor newDescriptor, String newPath, ChangeOfTwo change) {
        return Errors.attempt(() -> {
            if (!(newDescriptor instanceof DirectoryDescriptor other)) {
                throw new ErrorCodeException(ErrorCode.NOT_DIRECTORY);
            }
            requireWritable();
            other.requireWritable();
            if (other.quota != quota) {
                throw new ErrorCodeException(ErrorCode.CROSS_DEVICE);
            }
            return quota.exclusively(() -> {
                try (Walk from = Walk.along(node, oldPath, false);
                        Walk to = Walk.along(other.node, newPath, false)) {
                    change.at(from, to);
                }
                return null;
            });
        });
    }

    private static Optional<Attributes> existing(Walk walk) throws IOException {
        try {
            return Optional.of(Attributes.of(walk.target(), LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A link cannot be a directory, so a name for one that ends in a slash never fits. */
    private static void requireNewName(Walk walk) throws IOException {
        if (walk.directoryOnly()) {
            walk.attributes();
            throw new ErrorCodeException(ErrorCode.EXIST);
        }
    }

    /** A slash at the end asks for the directory that a link leads to (POSIX, 4.16 Pathname Resolution). */
    private static boolean follows(Set<PathFlag> flags, String path) {
        return flags.contains(PathFlag.SYMLINK_FOLLOW) || path.endsWith("/");
    }

    private void requireRoom() throws IOException {
        if (!registry.hasRoom()) {
            throw new ErrorCodeException(ErrorCode.QUOTA);
        }
    }

    @Override
    public void close() {
        registry.remove(this);
        try {
            node.close();
        } catch (IOException e) {
            // There is nothing to lose with a directory.
        }
    }
}
