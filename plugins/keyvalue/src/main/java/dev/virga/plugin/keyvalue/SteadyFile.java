package dev.virga.plugin.keyvalue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file that stays open when a thread which reads it is interrupted, as a guest's is when its call is over: a
 * {@link FileChannel} would close, for everybody.
 */
final class SteadyFile extends FileBaseDefault {

    /** By which the store opens it. */
    static final String SCHEME = scheme();

    private final RandomAccessFile file;

    private SteadyFile(RandomAccessFile file) {
        this.file = file;
    }

    private static String scheme() {
        Files files = new Files();
        FilePath.register(files);
        return files.getScheme();
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
        file.seek(position);
        int read = file.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        if (read > 0) {
            into.position(into.position() + read);
        }
        return read;
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
        int length = from.remaining();
        file.seek(position);
        file.write(from.array(), from.arrayOffset() + from.position(), length);
        from.position(from.limit());
        return length;
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        file.setLength(Math.min(size, file.length()));
    }

    @Override
    public void force(boolean metadata) throws IOException {
        file.getFD().sync();
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
    public static final class Files extends FilePathWrapper {

        @Override
        public FileChannel open(String mode) throws IOException {
            return new SteadyFile(new RandomAccessFile(getBase().toString(), mode));
        }

        @Override
        public String getScheme() {
            return "steady";
        }
    }
}
