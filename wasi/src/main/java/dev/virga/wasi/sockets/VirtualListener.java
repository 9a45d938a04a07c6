package dev.virga.wasi.sockets;

import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A listener of a virtual loopback. */
final class VirtualListener implements TcpListener {

    /** As Linux bounds it. */
    private static final int MAX_BACKLOG = 128;

    private final VirtualLoopback loopback;
    private final InetSocketAddress local;
    private final int backlog;
    private final Signal signal;
    private final Deque<VirtualConnecting> established = new ArrayDeque<>();
    /** Those for which the backlog has no room yet. */
    private final Set<VirtualConnecting> waiting = new LinkedHashSet<>();
    private boolean closed;

    /** @param local taken for it */
    VirtualListener(VirtualLoopback loopback, InetSocketAddress local, int backlog, Signal signal) {
        this.loopback = loopback;
        this.local = local;
        this.backlog = Math.min(backlog, MAX_BACKLOG);
        this.signal = signal;
    }

    void offer(VirtualConnecting attempt) {
        synchronized (this) {
            if (closed) {
                attempt.refuse();
                return;
            }
            waiting.add(attempt);
            fill();
        }
        signal.wake();
    }

    synchronized void withdraw(VirtualConnecting attempt) {
        waiting.remove(attempt);
    }

    private void fill() {
        while (established.size() < backlog && !waiting.isEmpty()) {
            VirtualConnecting next = waiting.iterator().next();
            waiting.remove(next);
            if (next.establish()) {
                established.add(next);
            }
        }
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public synchronized boolean ready() {
        return closed || !established.isEmpty();
    }

    @Override
    public synchronized Optional<TcpConnection> accept() throws IOException {
        if (closed) { // with the loopback
            throw new ErrorCodeException(ErrorCode.CONNECTION_ABORTED);
        }
        Optional<TcpConnection> taken = Optional.ofNullable(established.poll()).map(VirtualConnecting::server);
        fill();
        return taken;
    }

    @Override
    public Optional<NetworkChannel> channel() {
        return Optional.empty();
    }

    @Override
    public void close() {
        List<VirtualConnecting> unaccepted;
        List<VirtualConnecting> refused;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            unaccepted = new ArrayList<>(established);
            refused = new ArrayList<>(waiting);
            established.clear();
            waiting.clear();
        }
        loopback.tcp().release(local);
        loopback.receivers().remove(this);
        refused.forEach(VirtualConnecting::refuse);
        unaccepted.forEach(attempt -> attempt.server().close());
        signal.wake();
    }
}
