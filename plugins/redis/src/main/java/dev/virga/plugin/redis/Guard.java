package dev.virga.plugin.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between the client and the socket: a command as a whole has a deadline, whatever the peer sends or does not
 * take, and its reply may not be larger than expected, since the client believes the lengths that it is told.
 */
final class Guard {

    /** The reply is larger than it may be. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("a reply is larger than it may be");
        }
    }

    /** A smaller command fits the buffers of the system, if the one before was answered. */
    private static final int SENT_AT_ONCE = 16 << 10;

    private final ReplyReader reader = new ReplyReader();
    private long deadline;
    private long sent;
    private volatile boolean over = true;
    private Thread watchdog;

    /**
     * A command begins.
     *
     * @param deadline as {@link System#nanoTime} counts
     * @param most bytes of the reply
     */
    void begin(long deadline, long most) {
        this.deadline = deadline;
        reader.expect(most);
        sent = 0;
        over = false;
    }

    void end() {
        over = true;
        if (watchdog != null) {
            LockSupport.unpark(watchdog);
            watchdog = null;
        }
    }

    /** A further reply to the same command. */
    void expect(long most) {
        reader.expect(most);
    }

    private int remaining() throws SocketTimeoutException {
        if (deadline == Long.MAX_VALUE) {
            return 0; // for ever
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException("Read timed out");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    InputStream input(Socket socket, InputStream in) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                socket.setSoTimeout(remaining());
                int read = in.read(into, offset, length);
                if (read > 0) {
                    reader.check(into, offset, read);
                }
                return read;
            }

            @Override
            public int available() throws IOException {
                return in.available();
            }
        };
    }

    OutputStream output(Socket socket, OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                remaining();
                sent += length;
                if (sent > SENT_AT_ONCE && watchdog == null) {
                    watchdog = Thread.ofVirtual().name("redis-write").start(() -> closeLate(socket));
                }
                out.write(from, offset, length);
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }

    /** A write has no timeout, but fails where the socket is closed. */
    private void closeLate(Socket socket) {
        while (!over) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // it is of no use any more
                }
                return;
            }
            LockSupport.parkNanos(left);
        }
    }
}
