package dev.virga.wasi.sockets;

import dev.virga.wasi.OpenThings;
import dev.virga.wasi.Quota;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A workload's own 127.0.0.1 and ::1, within this process: TCP and UDP between guests whose grants
 * have this same object, and nobody else. To bind 0.0.0.0 or :: is to bind here.
 */
public final class VirtualLoopback implements AutoCloseable {

    /** What one has at a time unless told otherwise: each connection holds up to 128 KiB. */
    public static final int CONNECTIONS = 256;
    /** For datagrams that nobody has received yet. */
    private static final int DATAGRAM_BYTES = 4 << 20;
    private static final AtomicLong COUNT = new AtomicLong();
    private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress IPV6 = InetAddress.ofLiteral("::1");

    private final long number = COUNT.incrementAndGet();
    private final int connections;
    private final OpenThings pairs;
    private final OpenThings receivers = new OpenThings(Integer.MAX_VALUE); // each belongs to a bounded socket
    private final Quota datagramBytes = new Quota(DATAGRAM_BYTES);
    private final VirtualPorts<VirtualListener> tcp = new VirtualPorts<>();
    private final VirtualPorts<VirtualMailbox> udp = new VirtualPorts<>();

    public VirtualLoopback() {
        this(CONNECTIONS);
    }

    /** @param connections how many there may be at a time, those included that wait to be accepted */
    public VirtualLoopback(int connections) {
        this.connections = connections;
        this.pairs = new OpenThings(connections);
    }

    static InetAddress address(IpAddressFamily family) {
        return family == IpAddressFamily.IPV4 ? IPV4 : IPV6;
    }

    /** An address to send from: that of a socket that is bound to all addresses is this one. */
    static InetSocketAddress concrete(InetSocketAddress bound) {
        return bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(address(IpAddressFamily.of(bound.getAddress())), bound.getPort())
                : bound;
    }

    VirtualPorts<VirtualListener> tcp() {
        return tcp;
    }

    VirtualPorts<VirtualMailbox> udp() {
        return udp;
    }

    int connections() {
        return connections;
    }

    OpenThings pairs() {
        return pairs;
    }

    OpenThings receivers() {
        return receivers;
    }

    Quota datagramBytes() {
        return datagramBytes;
    }

    /** Ends all connections; nothing can be bound or reached any more. */
    @Override
    public void close() {
        tcp.close();
        udp.close();
        try (pairs) {
            receivers.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the virtual loopback cannot be closed", e);
        }
    }

    @Override
    public String toString() {
        return "virtual #" + number;
    }
}
