package dev.virga.component.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;

/** A guest's stream of bytes as the host sees it. */
final class GuestBytes extends InputStream {

    private static final int MAX_READ = 64 * 1024;

    private final HostEnd end;

    GuestBytes(HostEnd end) {
        this.end = end;
    }

    HostEnd end() {
        return end;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        HostBuffer read = end.read(bytes, offset, Math.min(length, MAX_READ))
                .orElseThrow(() -> new InterruptedIOException("interrupted while it waited for a guest's stream"));
        if (read.progress() == 0) {
            return -1;
        }
        return read.progress();
    }

    @Override
    public void close() {
        end.close();
    }
}
