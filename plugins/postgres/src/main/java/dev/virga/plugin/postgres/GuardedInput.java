package dev.virga.plugin.postgres;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a server sends, told to the guard; a message that is too long ends before the driver makes room for it. */
final class GuardedInput extends FilterInputStream {

    private static final int HEADER = 5;

    private final Guard guard;
    private int headerBytes;
    private long length;
    private long left;

    GuardedInput(InputStream in, Guard guard) {
        super(in);
        this.guard = guard;
    }

    /** More was sent than the guard lets in. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1L;

        Exceeded(String message) {
            super(message);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = in.read(bytes, offset, count);
        if (read > 0) {
            guard.received(read);
            follow(bytes, offset, offset + read);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(count, 8 << 10)];
        return Math.max(read(skipped, 0, skipped.length), 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Each message is a letter and a length of four bytes, which counts itself. */
    private void follow(byte[] bytes, int from, int end) throws IOException {
        int at = from;
        while (at < end) {
            if (left > 0) {
                int step = (int) Math.min(left, end - at);
                left -= step;
                at += step;
                continue;
            }
            if (headerBytes > 0) {
                length = length << 8 | bytes[at] & 0xff;
            }
            headerBytes++;
            at++;
            if (headerBytes == HEADER) {
                if (length < 4) {
                    throw new IOException("the server sent a message of " + length + " bytes");
                }
                guard.message(length);
                left = length - 4;
                headerBytes = 0;
                length = 0;
            }
        }
    }
}
