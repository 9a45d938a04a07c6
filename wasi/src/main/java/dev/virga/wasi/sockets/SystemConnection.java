package dev.virga.wasi.sockets;

import dev.virga.wasi.Quota;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.GuestOutput;
import dev.virga.wasi.io.ReadAhead;
import dev.virga.wasi.io.WriteBehind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/** A connection of the system's network. */
final class SystemConnection extends TcpConnection {

    private static final int BUFFER = 64 * 1024;
    /** How long the bytes of an instance that ends may take to leave. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final SocketChannel channel;
    private final Quota.Lease lease;
    private final ReadAhead input;
    private final WriteBehind output;
    private boolean sent;

    /**
     * @param channel connected, and blocking
     * @param lease given back when it is closed
     */
    SystemConnection(SocketChannel channel, Quota.Lease lease) throws IOException {
        super((InetSocketAddress) channel.getLocalAddress(), (InetSocketAddress) channel.getRemoteAddress());
        this.channel = channel;
        this.lease = lease;
        this.input = new ReadAhead(
                (bytes, offset, length) -> channel.read(ByteBuffer.wrap(bytes, offset, length)), BUFFER);
        this.output = new WriteBehind(new Sink(), BUFFER);
    }

    private final class Sink implements WriteBehind.Sink {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public void end() {
            allSent();
        }
    }

    @Override
    GuestInput bytesIn() {
        return input;
    }

    @Override
    GuestOutput bytesOut() {
        return output;
    }

    @Override
    void shutdownInput() {
        input.close();
    }

    @Override
    void shutdownOutput() {
        output.end();
    }

    @Override
    Optional<NetworkChannel> channel() {
        return Optional.of(channel);
    }

    @Override
    void abandoned() {
        output.end();
        closeIfDone();
    }

    private void allSent() {
        synchronized (this) {
            sent = true;
        }
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            // It is closed or broken already, and that is as good.
        }
        closeIfDone();
    }

    private void closeIfDone() {
        synchronized (this) {
            if (used() || !sent) {
                return;
            }
        }
        unregister();
        try (lease) {
            channel.close();
        } catch (IOException e) {
            // Nobody is left whom it could concern.
        }
    }

    @Override
    public void close() throws IOException {
        try (lease; channel) {
            output.endWithin(LINGER);
            input.close();
        }
    }
}
