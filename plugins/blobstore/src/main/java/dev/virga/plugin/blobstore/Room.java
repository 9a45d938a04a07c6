package dev.virga.plugin.blobstore;

import dev.virga.plugin.blobstore.BlobException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What the files of one namespace take, those being written too. Whatever makes a file go, by deleting it or by putting
 * another in its place, is done through it, one at a time.
 */
final class Room {

    /** What a file or folder takes beside its bytes. */
    static final long OVERHEAD = 4096;

    private final long most;
    private long used;

    /** @param used by what is there already */
    Room(long most, long used) {
        this.most = most;
        this.used = used;
    }

    interface Change {
        void run() throws IOException;
    }

    /** @throws BlobException if there is not so much left */
    synchronized void take(long bytes) throws BlobException {
        if (bytes > most - used) {
            throw new BlobException(Reason.QUOTA, "the objects of this namespace may have " + most
                    + " bytes in all; delete some");
        }
        used += bytes;
    }

    synchronized void give(long bytes) {
        used -= bytes;
    }

    /** Does something after which the file that is at this path now is not there any more. */
    synchronized void replace(Path file, Change change) throws IOException {
        long gone = bytes(file);
        change.run();
        used -= gone;
    }

    /** What a file takes; 0 if it is not there. */
    static long bytes(Path file) throws IOException {
        return Folders.attributes(file)
                .filter(BasicFileAttributes::isRegularFile)
                .map(a -> OVERHEAD + a.size())
                .orElse(0L);
    }

    synchronized long used() {
        return used;
    }
}
