package dev.virga.wasi.sockets;

import dev.virga.wasi.OpenThings;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.GuestOutput;
import dev.virga.wasi.io.ReadAhead;
import dev.virga.wasi.io.WriteBehind;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * An established connection, shared by its socket and its two streams. When the guest has dropped
 * all three, bytes that it wrote are still sent, and then the connection is closed.
 */
final class TcpConnection implements Closeable {

    private static final int BUFFER = 64 * 1024;
    /** How long the bytes of an instance that ends may take to leave. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final SocketChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final OpenThings registry;
    private final ReadAhead input;
    private final WriteBehind output;
    private int users = 3;
    private boolean sent;

    private TcpConnection(SocketChannel channel, OpenThings registry) throws IOException {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.remote = (InetSocketAddress) channel.getRemoteAddress();
        this.registry = registry;
        this.input = new ReadAhead(
                (bytes, offset, length) -> channel.read(ByteBuffer.wrap(bytes, offset, length)), BUFFER);
        this.output = new WriteBehind(new Sink(), BUFFER);
    }

    /** @param channel connected, and blocking */
    static TcpConnection of(SocketChannel channel, OpenThings registry) throws IOException {
        TcpConnection connection = new TcpConnection(channel, registry);
        registry.add(connection);
        return connection;
    }

    private final class Sink implements WriteBehind.Sink {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public void end() {
            allSent();
        }
    }

    SocketChannel channel() {
        return channel;
    }

    InetSocketAddress local() {
        return local;
    }

    InetSocketAddress remote() {
        return remote;
    }

    /** The guest's handles; each counts as one user. */
    GuestInput input() {
        return input.share(new Once(() -> {
            input.close();
            release();
        }));
    }

    GuestOutput output() {
        return output.share(new Once(this::release));
    }

    void shutdownInput() {
        input.close();
    }

    void shutdownOutput() {
        output.end();
    }

    /** One user less. */
    void release() {
        boolean last;
        synchronized (this) {
            last = --users == 0;
        }
        if (last) {
            output.end();
            closeIfDone();
        }
    }

    private void allSent() {
        synchronized (this) {
            sent = true;
        }
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            // It is closed or broken already, and that is as good.
        }
        closeIfDone();
    }

    private void closeIfDone() {
        synchronized (this) {
            if (users > 0 || !sent) {
                return;
            }
        }
        registry.remove(this);
        try {
            channel.close();
        } catch (IOException e) {
            // Nobody is left whom it could concern.
        }
    }

    /** With the instance. */
    @Override
    public void close() throws IOException {
        output.endWithin(LINGER);
        input.close();
        channel.close();
    }

    /** Dropping a handle twice would count twice. */
    private static final class Once implements Runnable {
        private final Runnable action;
        private boolean done;

        Once(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (!done) {
                done = true;
                action.run();
            }
        }
    }
}
