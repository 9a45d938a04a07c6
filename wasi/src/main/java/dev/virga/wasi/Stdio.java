package dev.virga.wasi;

import dev.virga.wasi.io.DirectOutput;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.GuestOutput;
import dev.virga.wasi.io.MemoryInput;
import dev.virga.wasi.io.ReadAhead;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;

/**
 * A guest's standard streams, and which of them are terminals. Whoever makes one closes what is
 * behind it.
 */
public record Stdio(GuestInput in, GuestOutput out, GuestOutput err, Terminals terminals) {

    private static final int READ_AHEAD = 64 * 1024;

    /** Nothing to read, and everything written is dropped. */
    public static Stdio none() {
        return of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }

    /** Nothing to read, and output into these. */
    public static Stdio of(OutputStream out, OutputStream err) {
        return new Stdio(new MemoryInput(new byte[0]), new DirectOutput(out), new DirectOutput(err), Terminals.NONE);
    }

    /** This process's own. */
    public static Stdio inherit() {
        return new Stdio(
                new ReadAhead(new FileInputStream(FileDescriptor.in)::read, READ_AHEAD),
                new DirectOutput(new FileOutputStream(FileDescriptor.out)),
                new DirectOutput(new FileOutputStream(FileDescriptor.err)),
                Terminals.INHERITED);
    }
}
