package dev.virga.plugin.blobstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file among the temporary ones until it is whole and on the disk. */
final class DirectoryWrite implements BlobWrite {

    private final BlobId object;
    private final Path temporary;
    private final DirectoryLayout layout;
    private final LongNames longNames;
    private final Room room;
    private final FileChannel file;
    private long taken = Room.OVERHEAD;

    DirectoryWrite(BlobId object, Path temporary, DirectoryLayout layout, LongNames longNames, Room room)
            throws IOException {
        this.object = object;
        this.temporary = temporary;
        this.layout = layout;
        this.longNames = longNames;
        this.room = room;
        room.take(taken);
        try {
            this.file = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            room.give(taken);
            throw Folders.told(e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        take(length);
        ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (left.hasRemaining()) {
                file.write(left);
            }
        } catch (IOException e) {
            throw Folders.told(e);
        }
    }

    private void take(long bytes) throws IOException {
        room.take(bytes);
        taken += bytes;
    }

    /** Writes all of another file. */
    void transfer(FileChannel source) throws IOException {
        long size = source.size();
        take(size);
        try {
            for (long position = 0; position < size; ) {
                position += source.transferTo(position, size - position, file);
            }
        } catch (IOException e) {
            throw Folders.told(e);
        }
    }

    @Override
    public void commit() throws IOException {
        try {
            file.force(true);
            file.close();
            Path folder = DirectoryLayout.objects(layout.existing(object.container()));
            longNames.keep(object, () -> room.replace(layout.object(object), () -> {
                Files.move(temporary, layout.object(object), StandardCopyOption.ATOMIC_MOVE);
                taken = 0; // it is the object's now
            }));
            Folders.sync(folder);
        } catch (NoSuchFileException e) {
            throw BlobException.noContainer(object.container()); // it was deleted meanwhile
        } catch (IOException e) {
            throw Folders.told(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            Files.deleteIfExists(temporary);
        } finally {
            room.give(taken);
            taken = 0;
        }
    }
}
