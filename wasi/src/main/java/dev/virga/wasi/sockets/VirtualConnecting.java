package dev.virga.wasi.sockets;

import dev.virga.wasi.OpenThings;
import dev.virga.wasi.io.Signal;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** An attempt to connect to a listener of the same loopback; it is made when the backlog has room. */
final class VirtualConnecting implements Connecting, Closeable {

    private final VirtualListener listener;
    private final InetSocketAddress from;
    private final InetSocketAddress to;
    private final OpenThings pairs;
    private final Runnable clientClosed;
    private final Signal signal;
    private Optional<VirtualConnection.Pair> pair = Optional.empty();
    private boolean failed;

    VirtualConnecting(
            VirtualListener listener,
            InetSocketAddress from,
            InetSocketAddress to,
            OpenThings pairs,
            Runnable clientClosed,
            Signal signal) {
        this.listener = listener;
        this.from = from;
        this.to = to;
        this.pairs = pairs;
        this.clientClosed = clientClosed;
        this.signal = signal;
    }

    /** Makes the connection; without room for it the attempt fails. */
    boolean establish() {
        Optional<VirtualConnection.Pair> made = VirtualConnection.Pair.open(from, to, pairs, clientClosed);
        synchronized (this) {
            pair = made;
            failed = made.isEmpty();
        }
        signal.wake();
        return made.isPresent();
    }

    void refuse() {
        synchronized (this) {
            failed = true;
        }
        signal.wake();
    }

    synchronized VirtualConnection server() {
        return pair.orElseThrow().server();
    }

    @Override
    public synchronized boolean done() {
        return failed || pair.isPresent();
    }

    @Override
    public synchronized TcpConnection finish() throws IOException {
        if (pair.isEmpty()) {
            throw new ErrorCodeException(ErrorCode.CONNECTION_REFUSED);
        }
        return pair.get().client();
    }

    /** The client has lost interest; a connection that is there already comes to the listener as one that has ended. */
    @Override
    public void close() {
        listener.withdraw(this);
        Optional<VirtualConnection.Pair> made;
        synchronized (this) {
            made = pair;
        }
        made.ifPresent(p -> p.client().close());
    }
}
