package dev.virga.wasi.filesystem;

import dev.virga.wasi.clocks.Datetime;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;

/**
 * What the host knows of a file.
 *
 * @param key equal for two paths if and only if they lead to the same file
 * @param inode the file's number, or another that will do
 */
record Attributes(
        DescriptorType type,
        long links,
        long size,
        FileTime accessed,
        FileTime modified,
        FileTime changed,
        Object key,
        long inode) {

    private static final boolean UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    private static final String UNIX_ATTRIBUTES =
            "unix:mode,nlink,size,lastAccessTime,lastModifiedTime,ctime,fileKey,ino";

    static Attributes of(Path path, LinkOption... options) throws IOException {
        if (UNIX) {
            Map<String, Object> all = Files.readAttributes(path, UNIX_ATTRIBUTES, options);
            return new Attributes(
                    type((Integer) all.get("mode")),
                    (Integer) all.get("nlink"),
                    (Long) all.get("size"),
                    (FileTime) all.get("lastAccessTime"),
                    (FileTime) all.get("lastModifiedTime"),
                    (FileTime) all.get("ctime"),
                    all.get("fileKey"),
                    (Long) all.get("ino"));
        }
        BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, options);
        Path real = path.toRealPath(options);
        return new Attributes(
                basic.isDirectory() ? DescriptorType.DIRECTORY
                        : basic.isRegularFile() ? DescriptorType.REGULAR_FILE
                        : basic.isSymbolicLink() ? DescriptorType.SYMBOLIC_LINK
                        : DescriptorType.UNKNOWN,
                1,
                basic.size(),
                basic.lastAccessTime(),
                basic.lastModifiedTime(),
                basic.lastModifiedTime(),
                real,
                real.hashCode());
    }

    /** From the file type bits of {@code st_mode}, the same on every Unix. */
    private static DescriptorType type(int mode) {
        return switch (mode & 0170000) {
            case 0010000 -> DescriptorType.FIFO;
            case 0020000 -> DescriptorType.CHARACTER_DEVICE;
            case 0040000 -> DescriptorType.DIRECTORY;
            case 0060000 -> DescriptorType.BLOCK_DEVICE;
            case 0100000 -> DescriptorType.REGULAR_FILE;
            case 0120000 -> DescriptorType.SYMBOLIC_LINK;
            case 0140000 -> DescriptorType.SOCKET;
            default -> DescriptorType.UNKNOWN;
        };
    }

    boolean isDirectory() {
        return type == DescriptorType.DIRECTORY;
    }

    boolean isLink() {
        return type == DescriptorType.SYMBOLIC_LINK;
    }

    DescriptorStat stat() {
        return new DescriptorStat(type, links, size, datetime(accessed), datetime(modified), datetime(changed));
    }

    /** A time before 1970 cannot be told. */
    private static Optional<Datetime> datetime(FileTime time) {
        return time.toInstant().getEpochSecond() < 0
                ? Optional.empty()
                : Optional.of(Datetime.of(time.toInstant()));
    }
}
