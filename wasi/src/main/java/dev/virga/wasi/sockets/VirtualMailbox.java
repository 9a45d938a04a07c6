package dev.virga.wasi.sockets;

import dev.virga.wasi.Quota;
import dev.virga.wasi.io.Signal;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/** Datagrams that came to a port of a virtual loopback. What finds no room is dropped, as in any network. */
final class VirtualMailbox implements Closeable {

    private static final int MAX_DATAGRAMS = 256;
    private static final int MAX_BYTES = 256 * 1024;

    private record Waiting(byte[] data, InetSocketAddress from, Quota.Lease lease) {}

    private final Quota bytes;
    private final Signal signal = new Signal();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int held;
    private boolean closed;

    /** @param bytes what all of the loopback's may hold together */
    VirtualMailbox(Quota bytes) {
        this.bytes = bytes;
    }

    Signal signal() {
        return signal;
    }

    void deliver(byte[] data, InetSocketAddress from) {
        synchronized (this) {
            if (closed || waiting.size() == MAX_DATAGRAMS || held + data.length > MAX_BYTES) {
                return;
            }
            Optional<Quota.Lease> lease = bytes.take(data.length);
            if (lease.isEmpty()) {
                return;
            }
            waiting.add(new Waiting(data, from, lease.get()));
            held += data.length;
        }
        signal.wake();
    }

    /** Whether there is one from somebody accepted; drops those from others. */
    synchronized boolean has(Predicate<InetSocketAddress> accepts) {
        while (!waiting.isEmpty() && !accepts.test(waiting.getFirst().from())) {
            remove();
        }
        return !waiting.isEmpty();
    }

    synchronized Optional<IncomingDatagramStream.Datagram> take(Predicate<InetSocketAddress> accepts) {
        if (!has(accepts)) {
            return Optional.empty();
        }
        Waiting first = remove();
        return Optional.of(new IncomingDatagramStream.Datagram(first.data(), IpSocketAddress.of(first.from())));
    }

    private Waiting remove() {
        Waiting first = waiting.removeFirst();
        first.lease().close();
        held -= first.data().length;
        return first;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!waiting.isEmpty()) {
            remove();
        }
    }
}
