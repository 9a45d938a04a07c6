package dev.virga.plugin.keyvalue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file that knows what a loss of power would leave: all that was forced, and any of the writes since. */
final class TornFile extends FileBaseDefault {

    static final String SCHEME = "torn";

    private record Write(long position, byte[] bytes) {}

    /** The one that is open. */
    private static TornFile last;

    private final RandomAccessFile file;
    private final List<Write> forced = new ArrayList<>();
    private final List<Write> since = new ArrayList<>();

    private TornFile(RandomAccessFile file) {
        this.file = file;
    }

    static void register() {
        FilePath.register(new Opener());
    }

    static TornFile last() {
        return last;
    }

    /** Writes what is left after a loss of power just now. */
    synchronized void leave(Path to, Random random) throws IOException {
        Files.deleteIfExists(to);
        try (RandomAccessFile left = new RandomAccessFile(to.toFile(), "rw")) {
            for (Write write : forced) {
                apply(left, write, write.bytes().length);
            }
            for (Write write : since) {
                switch (random.nextInt(3)) {
                    case 0 -> apply(left, write, write.bytes().length);
                    case 1 -> apply(left, write, random.nextInt(write.bytes().length + 1) / 512 * 512);
                    default -> {
                        // it did not come to the disk
                    }
                }
            }
        }
    }

    private static void apply(RandomAccessFile to, Write write, int length) throws IOException {
        if (write.position() < 0) {
            to.setLength(-write.position() - 1);
        } else {
            to.seek(write.position());
            to.write(write.bytes(), 0, length);
        }
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
        file.seek(position);
        int read = file.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        into.position(into.position() + Math.max(0, read));
        return read;
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        file.seek(position);
        file.write(bytes);
        since.add(new Write(position, bytes));
        return bytes.length;
    }

    @Override
    public synchronized long size() throws IOException {
        return file.length();
    }

    @Override
    protected synchronized void implTruncate(long size) throws IOException {
        if (size < file.length()) {
            file.setLength(size);
            since.add(new Write(-size - 1, new byte[0]));
        }
    }

    @Override
    public synchronized void force(boolean metadata) {
        forced.addAll(since);
        since.clear();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.getChannel().tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }

    /** Public since it is made by reflection. */
    public static final class Opener extends FilePathWrapper {

        @Override
        public FileChannel open(String mode) throws IOException {
            last = new TornFile(new RandomAccessFile(getBase().toString(), mode));
            return last;
        }

        @Override
        public String getScheme() {
            return SCHEME;
        }
    }
}
