package dev.virga.wasi.sockets;

import dev.virga.wasi.Quota;
import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/** Datagrams of the system's network. */
final class SystemDatagrams implements Datagrams {

    /** The most that is looked at and kept of what came before connecting. */
    private static final int MAX_KEPT = 64;
    private static final int MAX_KEPT_BYTES = 256 * 1024;

    private final Predicate<InetSocketAddress> accepts;
    private final Quota.Lease lease;
    private final DatagramChannel channel;
    private final Optional<InetSocketAddress> remote;
    private final Signal signal;
    private final Watcher readable;
    private final Watcher writable;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_SIZE);
    private final Deque<IncomingDatagramStream.Datagram> received = new ArrayDeque<>();
    private Optional<IOException> failure = Optional.empty();
    private boolean full;

    /**
     * @param accepts whether a datagram from there is for the guest
     * @param lease given back when this is closed
     * @param signal woken when something can be received or sent
     */
    SystemDatagrams(
            DatagramChannel channel,
            Optional<InetSocketAddress> remote,
            Predicate<InetSocketAddress> accepts,
            Quota.Lease lease,
            Signal signal)
            throws IOException {
        this.channel = channel;
        this.remote = remote;
        this.accepts = accepts;
        this.lease = lease;
        this.signal = signal;
        this.readable = new Watcher(channel, SelectionKey.OP_READ, signal::wake);
        try {
            this.writable = new Watcher(channel, SelectionKey.OP_WRITE, this::hasRoom);
        } catch (IOException | RuntimeException e) {
            readable.close();
            throw e;
        }
    }

    /**
     * Connects the channel to the remote address, or to none. Java drops what has been received when
     * it connects, so what came from the new peer is taken out before.
     */
    void connect(Optional<InetSocketAddress> before) throws IOException {
        if (before.equals(remote)) {
            return;
        }
        if (before.isPresent()) {
            channel.disconnect();
        }
        if (remote.isPresent()) {
            connectTo(remote.get());
        }
    }

    private void connectTo(InetSocketAddress peer) throws IOException {
        int kept = 0;
        for (int i = 0; i < MAX_KEPT && kept < MAX_KEPT_BYTES; i++) {
            buffer.clear();
            InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
            if (from == null) {
                break;
            }
            if (from.equals(peer)) {
                kept += buffer.position();
                keep(from);
            }
        }
        channel.connect(peer);
    }

    @Override
    public Signal signal() {
        return signal;
    }

    // Receiving

    @Override
    public synchronized boolean canReceive() {
        look();
        boolean ready = !received.isEmpty() || failure.isPresent();
        if (!ready) {
            readable.arm();
        }
        return ready;
    }

    @Override
    public synchronized Optional<IncomingDatagramStream.Datagram> receive() throws IOException {
        look();
        if (received.isEmpty() && failure.isPresent()) {
            IOException told = failure.get();
            failure = Optional.empty();
            throw told;
        }
        return Optional.ofNullable(received.poll());
    }

    private void look() {
        try {
            while (received.isEmpty() && failure.isEmpty()) {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                if (from == null) {
                    return;
                }
                if (accepts.test(from)) {
                    keep(from);
                }
            }
        } catch (IOException e) {
            failure = Optional.of(e);
        }
    }

    private void keep(InetSocketAddress from) {
        byte[] data = Arrays.copyOf(buffer.array(), buffer.position());
        received.add(new IncomingDatagramStream.Datagram(data, IpSocketAddress.of(from)));
    }

    // Sending

    @Override
    public synchronized boolean canSend() {
        if (full) {
            writable.arm();
        }
        return !full;
    }

    private void hasRoom() {
        synchronized (this) {
            full = false;
        }
        signal.wake();
    }

    @Override
    public synchronized boolean send(byte[] data, InetSocketAddress to) throws IOException {
        if (data.length == 0 && remote.isPresent()) { // connected, Java sends nothing at all
            channel.disconnect();
            channel.send(ByteBuffer.wrap(data), to);
            connectTo(to);
            return true;
        }
        int sent = channel.send(ByteBuffer.wrap(data), to);
        full = sent == 0 && data.length > 0;
        return !full;
    }

    /** The channel stays open. */
    @Override
    public void close() throws IOException {
        try (lease; readable; writable) {
            // All are closed, whatever happens.
        }
    }
}
