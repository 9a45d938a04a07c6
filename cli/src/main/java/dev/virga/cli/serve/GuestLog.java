package dev.virga.cli.serve;

import dev.virga.ingress.ServeLog;
import dev.virga.wasi.Harmless;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What one guest writes to standard output or error, as whole lines with a prefix, so that those of
 * guests that run at the same time do not mix. A line that grows too long is broken.
 */
final class GuestLog extends OutputStream {

    private static final int MAX_LINE = 8 * 1024;

    private final String prefix;
    private final ServeLog log;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(0);

    GuestLog(String prefix, ServeLog log) {
        this.prefix = prefix;
        this.log = log;
    }

    @Override
    public void write(int b) {
        if (b == '\n') {
            end();
            return;
        }
        line.write(b);
        if (line.size() == MAX_LINE) {
            end();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    /** Writes what is left without a line end. */
    @Override
    public void close() {
        if (line.size() > 0) {
            end();
        }
    }

    private void end() {
        log.line(prefix + Harmless.text(line.toString(StandardCharsets.UTF_8)));
        line.reset();
    }
}
