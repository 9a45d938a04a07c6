package dev.virga.wasi.filesystem;

import dev.virga.component.Result;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.GuestOutput;
import java.io.IOException;
import java.util.Set;

/** An open file. */
final class FileDescriptor extends Descriptor {

    private final OpenFile file;
    private boolean closed;

    FileDescriptor(OpenFile file, boolean writable) {
        super(file.node(), writable);
        this.file = file;
    }

    @Override
    public Result<Set<DescriptorFlag>, ErrorCode> getFlags() {
        return Result.ok(file.flags());
    }

    @Override
    public Result<GuestInput, ErrorCode> readViaStream(long offset) {
        return Errors.attempt(() -> {
            file.requireRead();
            return new FileInput(file.retain(), position(offset));
        });
    }

    @Override
    public Result<GuestOutput, ErrorCode> writeViaStream(long offset) {
        return Errors.attempt(() -> {
            requireWritable();
            file.requireWrite();
            return FileOutput.at(position(offset), file.retain());
        });
    }

    @Override
    public Result<GuestOutput, ErrorCode> appendViaStream() {
        return Errors.attempt(() -> {
            requireWritable();
            file.requireWrite();
            return FileOutput.append(file.retain());
        });
    }

    /** Advice has no effect that a program could rely on, and has none here. */
    @Override
    public Result<Void, ErrorCode> advise(long offset, long length, Advice advice) {
        return offset < 0 || length < 0 ? Result.err(ErrorCode.INVALID) : Result.ok();
    }

    @Override
    public Result<Void, ErrorCode> setSize(long size) {
        return Errors.attempt(() -> {
            requireWritable();
            if (!file.canWrite()) { // POSIX, ftruncate
                throw new ErrorCodeException(ErrorCode.INVALID);
            }
            if (size < 0) {
                throw new ErrorCodeException(ErrorCode.FILE_TOO_LARGE);
            }
            file.resize(size);
            return null;
        });
    }

    @Override
    public Result<Chunk, ErrorCode> read(long length, long offset) {
        return Errors.attempt(() -> {
            file.requireRead();
            long from = position(offset);
            if (length == 0) {
                return new Chunk(new byte[0], from >= file.size());
            }
            int max = Long.compareUnsigned(length, OpenFile.MAX_READ) > 0 ? OpenFile.MAX_READ : (int) length;
            byte[] bytes = file.read(max, from);
            return new Chunk(bytes, bytes.length == 0);
        });
    }

    @Override
    public Result<Long, ErrorCode> write(byte[] buffer, long offset) {
        return Errors.attempt(() -> {
            requireWritable();
            file.requireWrite();
            file.write(buffer, position(offset));
            return (long) buffer.length;
        });
    }

    @Override
    public Result<Void, ErrorCode> syncData() {
        return force(false);
    }

    @Override
    public Result<Void, ErrorCode> sync() {
        return force(true);
    }

    private Result<Void, ErrorCode> force(boolean metadata) {
        return Errors.attempt(() -> {
            if (file.canWrite()) {
                file.force(metadata);
            }
            return null;
        });
    }

    /** Offsets are unsigned for guests and signed for the system, as in POSIX's off_t. */
    private static long position(long offset) throws IOException {
        if (offset < 0) {
            throw new ErrorCodeException(ErrorCode.INVALID);
        }
        return offset;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            file.release();
        }
    }
}
