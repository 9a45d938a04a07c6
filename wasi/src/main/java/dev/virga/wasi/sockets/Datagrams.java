package dev.virga.wasi.sockets;

import dev.virga.wasi.io.Signal;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** What the two streams of a UDP socket share. */
final class Datagrams implements Closeable {

    /** More than any datagram's payload. */
    private static final int MAX_SIZE = 0xffff;
    /** The most that is kept of what came before connecting. */
    private static final int MAX_KEPT = 64;

    private final UdpSocket socket;
    private final DatagramChannel channel;
    private final Optional<InetSocketAddress> remote;
    private final Signal signal = new Signal();
    private final Watcher readable;
    private final Watcher writable;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_SIZE);
    private final Deque<IncomingDatagramStream.Datagram> received = new ArrayDeque<>();
    private Optional<IOException> failure = Optional.empty();
    private boolean full;
    private int users = 2;

    Datagrams(UdpSocket socket, DatagramChannel channel, Optional<InetSocketAddress> remote) throws IOException {
        this.socket = socket;
        this.channel = channel;
        this.remote = remote;
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
        for (int i = 0; i < MAX_KEPT; i++) {
            buffer.clear();
            InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
            if (from == null) {
                break;
            }
            if (from.equals(peer)) {
                keep(from);
            }
        }
        channel.connect(peer);
    }

    Optional<InetSocketAddress> remote() {
        return remote;
    }

    Signal signal() {
        return signal;
    }

    // Receiving

    /** Whether {@link #receive} has something to say; else a change will be signalled. */
    synchronized boolean canReceive() {
        look();
        boolean ready = !received.isEmpty() || failure.isPresent();
        if (!ready) {
            readable.arm();
        }
        return ready;
    }

    /** A datagram, if one has come. */
    synchronized Optional<IncomingDatagramStream.Datagram> receive() throws IOException {
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
                if (socket.accepts(from)) {
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

    /** Whether the system has room for more; else a change will be signalled. */
    synchronized boolean canSend() {
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

    /** Whether the system took it. */
    synchronized boolean send(byte[] data, InetSocketAddress to) throws IOException {
        if (data.length > MAX_SIZE) {
            throw new ErrorCodeException(ErrorCode.DATAGRAM_TOO_LARGE);
        }
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

    /** When both streams are dropped. */
    void release() throws IOException {
        if (--users == 0) {
            close();
        }
        socket.streamDropped();
    }

    @Override
    public void close() throws IOException {
        try (readable; writable) {
            // The socket closes the channel.
        }
    }
}
