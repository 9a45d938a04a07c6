package dev.virga.wasi.sockets;

import dev.virga.wasi.Quota;
import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A listener of the system's network, with the system's backlog. */
final class SystemListener implements TcpListener {

    private final IpAddressFamily family;
    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final Watcher watcher;
    private final SocketPolicy policy;
    private Optional<SocketChannel> accepted = Optional.empty();
    private Optional<IOException> failure = Optional.empty();

    private SystemListener(IpAddressFamily family, ServerSocketChannel channel, Signal signal, SocketPolicy policy)
            throws IOException {
        this.family = family;
        this.channel = channel;
        this.policy = policy;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        channel.configureBlocking(false);
        this.watcher = new Watcher(channel, SelectionKey.OP_ACCEPT, signal::wake);
    }

    /**
     * Listens where another socket is bound. Java binds and listens in one step and on another kind
     * of channel, so the address changes hands: at once where the system lets both have it, as Linux
     * does, and else with a moment in between in which someone else might take it.
     */
    static SystemListener replacing(
            SocketChannel bound, IpAddressFamily family, int backlog, Signal signal, SocketPolicy policy)
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
            return new SystemListener(family, channel, signal, policy);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Optional<NetworkChannel> channel() {
        return Optional.of(channel);
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public synchronized boolean ready() {
        look();
        boolean ready = accepted.isPresent() || failure.isPresent();
        if (!ready) {
            watcher.arm();
        }
        return ready;
    }

    @Override
    public synchronized Optional<TcpConnection> accept() throws IOException {
        look();
        if (failure.isPresent()) {
            IOException told = failure.get();
            failure = Optional.empty();
            throw told;
        }
        if (accepted.isEmpty()) {
            return Optional.empty();
        }
        Quota.Lease lease = policy.connection(); // if there is none left, the connection waits
        SocketChannel taken = accepted.get();
        accepted = Optional.empty();
        try {
            return Optional.of(new SystemConnection(taken, lease));
        } catch (IOException e) { // it broke while it waited
            try (lease; taken) {
                throw e;
            }
        }
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
