package dev.virga.wasi.sockets;

import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/** Datagrams of a virtual loopback, and of the system's network once some were sent there. */
final class VirtualDatagrams implements Datagrams {

    private final VirtualUdp socket;
    private final VirtualMailbox mailbox;
    private final Optional<InetSocketAddress> remote;
    private final Predicate<InetSocketAddress> accepts;
    private Optional<Datagrams> outside = Optional.empty();

    VirtualDatagrams(
            VirtualUdp socket,
            VirtualMailbox mailbox,
            Optional<InetSocketAddress> remote,
            Predicate<InetSocketAddress> accepts) {
        this.socket = socket;
        this.mailbox = mailbox;
        this.remote = remote;
        this.accepts = accepts;
    }

    Datagrams outside() throws IOException {
        if (outside.isEmpty()) {
            outside = Optional.of(socket.outside(remote, accepts));
        }
        return outside.get();
    }

    @Override
    public Signal signal() {
        return mailbox.signal();
    }

    @Override
    public boolean canReceive() {
        return mailbox.has(accepts) || outside.map(Datagrams::canReceive).orElse(false);
    }

    @Override
    public Optional<IncomingDatagramStream.Datagram> receive() throws IOException {
        Optional<IncomingDatagramStream.Datagram> own = mailbox.take(accepts);
        return own.isPresent() || outside.isEmpty() ? own : outside.get().receive();
    }

    @Override
    public boolean canSend() {
        return outside.map(Datagrams::canSend).orElse(true);
    }

    @Override
    public boolean send(byte[] data, InetSocketAddress to) throws IOException {
        if (socket.isVirtual(to)) {
            socket.send(data, to);
            return true;
        }
        return outside().send(data, to);
    }

    @Override
    public void close() throws IOException {
        if (outside.isPresent()) {
            outside.get().close();
        }
    }
}
