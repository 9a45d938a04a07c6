package dev.virga.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is appended to and renamed when it would grow too large. Each write goes into one file as a whole. */
final class RotatingFile extends OutputStream {

    private final Path file;
    private final long maxBytes;
    private final int old;
    private OutputStream out;
    private long bytes;
    /** A write failed, perhaps half-way: the next one begins on a line of its own. */
    private boolean torn;

    RotatingFile(Path file, long maxBytes, int old) throws IOException {
        this.file = file;
        this.maxBytes = maxBytes;
        this.old = old;
        open();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        if (bytes > 0 && bytes + length > maxBytes) {
            rotate();
        }
        try {
            if (torn) {
                out.write('\n');
                torn = false;
            }
            out.write(data, offset, length);
        } catch (IOException e) {
            torn = true;
            throw e;
        }
        bytes += length;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void rotate() throws IOException {
        out.close();
        // It is gone if the last attempt failed between renaming and opening.
        if (Files.exists(file)) {
            shift();
        }
        open();
    }

    private void shift() throws IOException {
        if (old == 0) {
            Files.delete(file);
        }
        for (int i = old; i > 0; i--) {
            Path from = i == 1 ? file : numbered(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void open() throws IOException {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        bytes = Files.size(file);
    }

    private Path numbered(int n) {
        return file.resolveSibling(file.getFileName() + "." + n);
    }
}
