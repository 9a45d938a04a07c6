package dev.virga.wasi.sockets;

import dev.virga.wasi.Quota;
import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Made on a virtual thread. Closing the channel ends it. */
final class SystemConnecting implements Connecting {

    private final SocketChannel channel;
    private final Quota.Lease lease;
    private final Signal signal;
    private boolean done;
    private Optional<IOException> failure = Optional.empty();

    SystemConnecting(SocketChannel channel, InetSocketAddress remote, Quota.Lease lease, Signal signal) {
        this.channel = channel;
        this.lease = lease;
        this.signal = signal;
        Thread.ofVirtual().name("wasi-connect").start(() -> connect(remote));
    }

    private void connect(InetSocketAddress remote) {
        Optional<IOException> result = Optional.empty();
        try {
            channel.connect(remote);
        } catch (IOException e) {
            result = Optional.of(e);
        } catch (RuntimeException e) { // such as an address that Java does not support
            result = Optional.of(new IOException(e));
        }
        synchronized (this) {
            failure = result;
            done = true;
        }
        signal.wake();
    }

    @Override
    public synchronized boolean done() {
        return done;
    }

    @Override
    public synchronized TcpConnection finish() throws IOException {
        if (failure.isPresent()) {
            lease.close();
            throw failure.get();
        }
        return new SystemConnection(channel, lease);
    }
}
