package dev.virga.wasi.sockets;

import dev.virga.wasi.io.Signal;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A socket that listens. Connections wait in the system's backlog until the guest asks for one. */
final class TcpListener implements Closeable {

    private final IpAddressFamily family;
    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final Watcher watcher;
    private Optional<SocketChannel> accepted = Optional.empty();
    private Optional<IOException> failure = Optional.empty();

    private TcpListener(IpAddressFamily family, ServerSocketChannel channel, Signal signal) throws IOException {
        this.family = family;
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        channel.configureBlocking(false);
        this.watcher = new Watcher(channel, SelectionKey.OP_ACCEPT, signal::wake);
    }

    /**
     * Listens where another socket is bound. Java binds and listens in one step and on another kind
     * of channel, so the address changes hands: at once where the system lets both have it, as Linux
     * does, and else with a moment in between in which someone else might take it.
     */
    static TcpListener replacing(SocketChannel bound, IpAddressFamily family, int backlog, Signal signal)
            throws IOException {
        InetSocketAddress local = (InetSocketAddress) bound.getLocalAddress();
        ServerSocketChannel channel = ServerSocketChannel.open(family.protocol());
        try {
            try {
                channel.bind(local, backlog);
                bound.close();
            } catch (IOException e) {
                bound.close();
                channel.bind(local, backlog);
            }
            return new TcpListener(family, channel, signal);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    InetSocketAddress local() {
        return local;
    }

    /** Whether {@link #accept} has something to say; else a change will be signalled. */
    synchronized boolean ready() {
        look();
        boolean ready = accepted.isPresent() || failure.isPresent();
        if (!ready) {
            watcher.arm();
        }
        return ready;
    }

    /** A connection, if one waits. */
    synchronized Optional<SocketChannel> accept() throws IOException {
        look();
        if (failure.isPresent()) {
            IOException told = failure.get();
            failure = Optional.empty();
            throw told;
        }
        Optional<SocketChannel> taken = accepted;
        accepted = Optional.empty();
        return taken;
    }

    private void look() {
        try {
            while (accepted.isEmpty() && failure.isEmpty()) {
                SocketChannel next = channel.accept();
                if (next == null) {
                    return;
                }
                if (IpAddressFamily.of(((InetSocketAddress) next.getRemoteAddress()).getAddress()) == family) {
                    accepted = Optional.of(next);
                } else {
                    next.close(); // IPv4 on an IPv6 socket
                }
            }
        } catch (IOException e) {
            failure = Optional.of(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (channel; watcher) {
            if (accepted.isPresent()) {
                accepted.get().close();
            }
        }
    }
}
