package dev.virga.wasi;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What one guest writes to standard output or error, as whole lines. A line that grows too long is broken. */
public final class LineOutput extends OutputStream {

    private final int maxLine;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(0);

    /**
     * @param maxLine in bytes
     * @param lines takes each line, without its end; it is a guest's text as it came
     */
    public LineOutput(int maxLine, Consumer<String> lines) {
        this.maxLine = maxLine;
        this.lines = lines;
    }

    @Override
    public void write(int b) {
        if (b == '\n') {
            end();
            return;
        }
        line.write(b);
        if (line.size() == maxLine) {
            end();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    /** Hands on what is left without a line end. */
    @Override
    public void close() {
        if (line.size() > 0) {
            end();
        }
    }

    private void end() {
        lines.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
    }
}
