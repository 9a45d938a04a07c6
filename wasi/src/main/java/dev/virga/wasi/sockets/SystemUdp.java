package dev.virga.wasi.sockets;

import dev.virga.wasi.Quota;
import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.util.Optional;
import java.util.function.Predicate;

/** UDP as the system has it. */
final class SystemUdp implements UdpTransport {

    private final SocketPolicy policy;
    private final DatagramChannel channel;
    private Optional<InetSocketAddress> connected = Optional.empty();
    private Optional<Datagrams> open = Optional.empty();

    SystemUdp(InetSocketAddress local, SocketPolicy policy, UdpOptions options) throws IOException {
        this.policy = policy;
        this.channel = DatagramChannel.open(IpAddressFamily.of(local.getAddress()).protocol());
        try {
            channel.configureBlocking(false);
            options.applyTo(channel);
            channel.bind(local);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress local() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public Datagrams open(Optional<InetSocketAddress> remote, Predicate<InetSocketAddress> accepts) throws IOException {
        return open(remote, accepts, new Signal());
    }

    Datagrams open(Optional<InetSocketAddress> remote, Predicate<InetSocketAddress> accepts, Signal signal)
            throws IOException {
        Quota.Lease lease = policy.connection();
        SystemDatagrams datagrams;
        try {
            datagrams = new SystemDatagrams(channel, remote, accepts, lease, signal);
        } catch (IOException | RuntimeException e) {
            lease.close();
            throw e;
        }
        try {
            datagrams.connect(connected);
        } catch (IOException | RuntimeException e) {
            datagrams.close();
            throw e;
        }
        connected = remote;
        open = Optional.of(datagrams);
        return datagrams;
    }

    @Override
    public Optional<NetworkChannel> channel() {
        return Optional.of(channel);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (open.isPresent()) {
                open.get().close();
            }
        }
    }
}
