package dev.virga.wasi.filesystem;

import dev.virga.component.Result;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.GuestOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;

/**
 * {@code wasi:filesystem/types.descriptor}: an open file or directory. What only one of them can do
 * fails here and is overridden there.
 */
public abstract sealed class Descriptor implements AutoCloseable permits FileDescriptor, DirectoryDescriptor {

    /** {@code tuple<list<u8>, bool>} of {@code read}. */
    public record Chunk(byte[] bytes, boolean end) {}

    private final Node node;
    final boolean writable;

    /** @param writable whether the grant allows changes */
    Descriptor(Node node, boolean writable) {
        this.node = node;
        this.writable = writable;
    }

    public abstract Result<Set<DescriptorFlag>, ErrorCode> getFlags();

    public abstract Result<Void, ErrorCode> syncData();

    public abstract Result<Void, ErrorCode> sync();

    // Any descriptor

    public final Result<DescriptorType, ErrorCode> getType() {
        return Errors.attempt(() -> node.attributes().type());
    }

    public final Result<DescriptorStat, ErrorCode> stat() {
        return Errors.attempt(() -> node.attributes().stat());
    }

    public final Result<Void, ErrorCode> setTimes(NewTimestamp access, NewTimestamp modification) {
        return Errors.attempt(() -> {
            requireWritable();
            setTimes(node.path(), access, modification, node.here());
            return null;
        });
    }

    public final boolean isSameObject(Descriptor other) {
        try {
            return node.attributes().key().equals(other.node.attributes().key());
        } catch (IOException e) { // nothing is known of it any more, so not that it is the same
            return false;
        }
    }

    public final Result<MetadataHash, ErrorCode> metadataHash() {
        return Errors.attempt(() -> MetadataHash.of(node.attributes()));
    }

    // Files

    public Result<GuestInput, ErrorCode> readViaStream(long offset) {
        return Result.err(ErrorCode.IS_DIRECTORY);
    }

    public Result<GuestOutput, ErrorCode> writeViaStream(long offset) {
        return Result.err(ErrorCode.BAD_DESCRIPTOR);
    }

    public Result<GuestOutput, ErrorCode> appendViaStream() {
        return Result.err(ErrorCode.BAD_DESCRIPTOR);
    }

    public Result<Void, ErrorCode> advise(long offset, long length, Advice advice) {
        return Result.err(ErrorCode.BAD_DESCRIPTOR);
    }

    public Result<Void, ErrorCode> setSize(long size) {
        return Result.err(ErrorCode.BAD_DESCRIPTOR);
    }

    public Result<Chunk, ErrorCode> read(long length, long offset) {
        return Result.err(ErrorCode.BAD_DESCRIPTOR);
    }

    public Result<Long, ErrorCode> write(byte[] buffer, long offset) {
        return Result.err(ErrorCode.BAD_DESCRIPTOR);
    }

    // Directories

    public Result<DirectoryEntryStream, ErrorCode> readDirectory() {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    public Result<Void, ErrorCode> createDirectoryAt(String path) {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    public Result<DescriptorStat, ErrorCode> statAt(Set<PathFlag> flags, String path) {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    public Result<Void, ErrorCode> setTimesAt(
            Set<PathFlag> flags, String path, NewTimestamp access, NewTimestamp modification) {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    public Result<Void, ErrorCode> linkAt(
            Set<PathFlag> oldFlags, String oldPath, Descriptor newDescriptor, String newPath) {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    public Result<Descriptor, ErrorCode> openAt(
            Set<PathFlag> pathFlags, String path, Set<OpenFlag> openFlags, Set<DescriptorFlag> flags) {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    public Result<String, ErrorCode> readlinkAt(String path) {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    public Result<Void, ErrorCode> removeDirectoryAt(String path) {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    public Result<Void, ErrorCode> renameAt(String oldPath, Descriptor newDescriptor, String newPath) {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    public Result<Void, ErrorCode> symlinkAt(String oldPath, String newPath) {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    public Result<Void, ErrorCode> unlinkFileAt(String path) {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    public Result<MetadataHash, ErrorCode> metadataHashAt(Set<PathFlag> flags, String path) {
        return Result.err(ErrorCode.NOT_DIRECTORY);
    }

    @Override
    public abstract void close();

    final void requireWritable() throws IOException {
        if (!writable) {
            throw new ErrorCodeException(ErrorCode.NOT_PERMITTED);
        }
    }

    static void setTimes(Path path, NewTimestamp access, NewTimestamp modification, LinkOption... options)
            throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, options)
                .setTimes(modification.toSet().orElse(null), access.toSet().orElse(null), null);
    }
}
