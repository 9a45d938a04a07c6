package dev.virga.wasi.sockets;

import dev.virga.wasi.OpenThings;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.GuestOutput;
import dev.virga.wasi.io.Pipe;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.Optional;

/** One end of a connection of a virtual loopback: a pipe each way. */
final class VirtualConnection extends TcpConnection {

    private static final int BUFFER = 64 * 1024;

    private final Pipe in;
    private final Pipe out;
    private final Runnable onClose;
    private boolean closed;

    private VirtualConnection(
            InetSocketAddress local, InetSocketAddress remote, Pipe in, Pipe out, Runnable onClose) {
        super(local, remote);
        this.in = in;
        this.out = out;
        this.onClose = onClose;
    }

    /** Both ends; counted by the loopback until both are closed. */
    static final class Pair implements Closeable {

        private final OpenThings pairs;
        private final VirtualConnection client;
        private final VirtualConnection server;
        private int open = 2;

        private Pair(InetSocketAddress from, InetSocketAddress to, OpenThings pairs, Runnable clientClosed) {
            Pipe there = new Pipe(BUFFER);
            Pipe back = new Pipe(BUFFER);
            this.pairs = pairs;
            this.client = new VirtualConnection(from, to, back, there, () -> {
                clientClosed.run();
                oneLess();
            });
            this.server = new VirtualConnection(to, from, there, back, this::oneLess);
        }

        /** If the loopback has room for it. */
        static Optional<Pair> open(
                InetSocketAddress from, InetSocketAddress to, OpenThings pairs, Runnable clientClosed) {
            Pair pair = new Pair(from, to, pairs, clientClosed);
            return pairs.tryAdd(pair) ? Optional.of(pair) : Optional.empty();
        }

        VirtualConnection client() {
            return client;
        }

        VirtualConnection server() {
            return server;
        }

        private synchronized void oneLess() {
            if (--open == 0) {
                pairs.remove(this);
            }
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }

    @Override
    GuestInput bytesIn() {
        return in.input();
    }

    @Override
    GuestOutput bytesOut() {
        return out.connectionOutput();
    }

    @Override
    void shutdownInput() {
        in.abandon();
    }

    @Override
    void shutdownOutput() {
        out.end();
    }

    @Override
    Optional<NetworkChannel> channel() {
        return Optional.empty();
    }

    @Override
    void abandoned() {
        unregister();
        close();
    }

    /** What was written stays for the other end to read. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        out.end();
        in.abandon();
        onClose.run();
    }
}
