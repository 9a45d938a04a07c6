package dev.virga.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of a host, which only its user can enter and one host has at a time. */
final class DataFolder implements AutoCloseable {

    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel channel;

    /** @throws HostException.Broken if it cannot be made, or another host has it */
    DataFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        try {
            PrivateFolder.make(this.folder);
            channel = FileChannel.open(
                    this.folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new HostException.Broken("the folder " + this.folder + " cannot be used: " + e, e);
        }
        try {
            lock();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The system gives the lock back when the process ends, however that comes about. */
    private void lock() {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw taken();
            }
        } catch (OverlappingFileLockException e) {
            throw taken();
        } catch (IOException e) {
            throw new HostException.Broken("the folder " + folder + " cannot be locked: " + e, e);
        }
    }

    private HostException.Broken taken() {
        return new HostException.Broken(
                "another host runs on the folder " + folder + "; stop that one, or give this one a folder of its own",
                null);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // the system has the lock back in any case
        }
    }
}
