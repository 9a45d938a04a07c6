package dev.virga.host.workload;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;

/** What a guest prints, as lines of the call that it serves. */
final class GuestOutput extends OutputStream {

    private final Supplier<OutputStream> log;
    private Optional<OutputStream> lines = Optional.empty();

    /** @param log gives the lines of the present call; asked when the first is printed */
    GuestOutput(Supplier<OutputStream> log) {
        this.log = log;
    }

    private OutputStream lines() {
        if (lines.isEmpty()) {
            lines = Optional.of(log.get());
        }
        return lines.get();
    }

    @Override
    public void write(int b) throws IOException {
        lines().write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        lines().write(bytes, offset, length);
    }

    /** Passes on what is left without a line's end. */
    void endCall() {
        try {
            if (lines.isPresent()) {
                lines.get().close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a log in memory failed", e);
        } finally {
            lines = Optional.empty();
        }
    }
}
