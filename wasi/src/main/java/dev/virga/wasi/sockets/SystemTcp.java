package dev.virga.wasi.sockets;

import dev.virga.wasi.Quota;
import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** TCP as the system has it. */
final class SystemTcp implements TcpTransport {

    private final SocketPolicy policy;
    private final IpAddressFamily family;
    private final SocketChannel channel;
    private Optional<Quota.Lease> connecting = Optional.empty();

    SystemTcp(SocketPolicy policy, IpAddressFamily family, TcpOptions options) throws IOException {
        this.policy = policy;
        this.family = family;
        this.channel = SocketChannel.open(family.protocol());
        try {
            // Or else a server could not start again where its last connections linger (start-bind's notes).
            if (!System.getProperty("os.name").startsWith("Windows")) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            options.applyTo(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void bind(InetSocketAddress local) throws IOException {
        channel.bind(local);
    }

    @Override
    public InetSocketAddress local() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public Connecting connect(InetSocketAddress remote, Signal signal) throws IOException {
        Quota.Lease lease = policy.connection();
        connecting = Optional.of(lease);
        return new SystemConnecting(channel, remote, lease, signal);
    }

    @Override
    public TcpListener listen(int backlog, Signal signal) throws IOException {
        return SystemListener.replacing(channel, family, backlog, signal, policy);
    }

    @Override
    public Optional<NetworkChannel> channel() {
        return Optional.of(channel);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            connecting.ifPresent(Quota.Lease::close);
        }
    }
}
