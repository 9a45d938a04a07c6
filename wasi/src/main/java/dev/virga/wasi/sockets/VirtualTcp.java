package dev.virga.wasi.sockets;

import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.Optional;

/** TCP in a virtual loopback. */
final class VirtualTcp implements TcpTransport {

    private final VirtualLoopback loopback;
    private final IpAddressFamily family;
    private final Diagnostics diagnostics;
    private Optional<InetSocketAddress> bound = Optional.empty();
    private Optional<VirtualConnecting> connecting = Optional.empty();
    private boolean listens;

    VirtualTcp(VirtualLoopback loopback, IpAddressFamily family, Diagnostics diagnostics) {
        this.loopback = loopback;
        this.family = family;
        this.diagnostics = diagnostics;
    }

    @Override
    public void bind(InetSocketAddress local) throws IOException {
        bound = Optional.of(loopback.tcp().take(local));
    }

    @Override
    public InetSocketAddress local() {
        return bound.orElseThrow();
    }

    /** What does not listen is known to be refused only when the attempt is finished, as with the system's. */
    @Override
    public Connecting connect(InetSocketAddress remote, Signal signal) throws IOException {
        if (bound.isEmpty()) {
            bind(new InetSocketAddress(VirtualLoopback.address(family), 0));
        }
        Optional<VirtualListener> listener = loopback.tcp().at(remote);
        if (listener.isEmpty()) {
            return new Refused();
        }
        if (!loopback.pairs().hasRoom()) {
            diagnostics.refused(
                    "loopback connection limit",
                    "more than " + loopback.connections() + " connections at a time",
                    "raise the limit of the workload's loopback");
            throw new ErrorCodeException(ErrorCode.NEW_SOCKET_LIMIT);
        }
        InetSocketAddress port = bound.get();
        VirtualConnecting attempt = new VirtualConnecting(
                listener.get(),
                VirtualLoopback.concrete(port),
                remote,
                loopback.pairs(),
                () -> loopback.tcp().release(port),
                signal);
        connecting = Optional.of(attempt);
        listener.get().offer(attempt);
        return attempt;
    }

    private static final class Refused implements Connecting {
        @Override
        public boolean done() {
            return true;
        }

        @Override
        public TcpConnection finish() throws IOException {
            throw new ErrorCodeException(ErrorCode.CONNECTION_REFUSED);
        }
    }

    @Override
    public TcpListener listen(int backlog, Signal signal) throws IOException {
        VirtualListener listener = new VirtualListener(loopback, local(), backlog, signal);
        loopback.receivers().add(listener);
        loopback.tcp().serve(local(), listener);
        listens = true;
        return listener;
    }

    @Override
    public Optional<NetworkChannel> channel() {
        return Optional.empty();
    }

    @Override
    public void close() {
        connecting.ifPresent(VirtualConnecting::close);
        if (!listens) {
            bound.ifPresent(loopback.tcp()::release);
        }
    }
}
