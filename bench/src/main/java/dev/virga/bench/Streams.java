package dev.virga.bench;

import static dev.virga.bench.Guests.STREAMS;

import dev.virga.component.ComponentInstance;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;

/** {@code stream<u8>} in pieces of 64 KiB; one operation is a MiB. */
public class Streams extends Timed {

    private static final int MEBIBYTES = 16;
    private static final int PIECES = MEBIBYTES * 16;

    private static final MethodHandle PUMP = Guests.handle(STREAMS, int.class, List.of(int.class), "pump");
    private static final MethodHandle SOURCE = Guests.handle(STREAMS, InputStream.class, List.of(int.class), "source");
    private static final MethodHandle SINK = Guests.handle(STREAMS, int.class, List.of(InputStream.class), "sink");

    private final ComponentInstance instance = Guests.instantiate(STREAMS);
    private final byte[] buffer = new byte[64 * 1024];

    /** Gives a number of zeros, always from the same piece of memory. */
    private final class Zeros extends InputStream {
        private int left = MEBIBYTES << 20;

        @Override
        public int available() {
            return left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = Math.min(Math.min(left, length), buffer.length);
            System.arraycopy(buffer, 0, into, offset, count);
            left -= count;
            return count;
        }
    }

    @TearDown
    public void close() {
        instance.close();
    }

    @Benchmark
    @OperationsPerInvocation(MEBIBYTES)
    public void streamGuestToGuest() throws Throwable {
        check((int) PUMP.invokeExact(instance, PIECES));
    }

    @Benchmark
    @OperationsPerInvocation(MEBIBYTES)
    public void streamGuestToHost() throws Throwable {
        int count = 0;
        try (InputStream in = (InputStream) SOURCE.invokeExact(instance, PIECES)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count += n;
            }
        }
        check(count);
    }

    @Benchmark
    @OperationsPerInvocation(MEBIBYTES)
    public void streamHostToGuest() throws Throwable {
        check((int) SINK.invokeExact(instance, (InputStream) new Zeros()));
    }

    private static void check(int count) {
        if (count != MEBIBYTES << 20) {
            throw new IllegalStateException(count + " bytes arrived");
        }
    }
}
