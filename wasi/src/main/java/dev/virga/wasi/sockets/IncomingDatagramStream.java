package dev.virga.wasi.sockets;

import dev.virga.component.Result;
import dev.virga.wasi.io.Pollable;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code wasi:sockets/udp.incoming-datagram-stream}. */
public final class IncomingDatagramStream implements Closeable {

    /** {@code incoming-datagram}. */
    public record Datagram(byte[] data, IpSocketAddress remoteAddress) {}

    /** The most that one call gives, in number and, but for the last of them, in bytes. */
    private static final int MAX_RESULTS = 16;
    private static final int MAX_BYTES = 64 * 1024;

    private final Datagrams datagrams;
    private final UdpSocket socket;
    private boolean closed;

    IncomingDatagramStream(Datagrams datagrams, UdpSocket socket) {
        this.datagrams = datagrams;
        this.socket = socket;
    }

    public Result<List<Datagram>, ErrorCode> receive(long maxResults) {
        return Errors.attempt(() -> {
            long max = Long.compareUnsigned(maxResults, MAX_RESULTS) > 0 ? MAX_RESULTS : maxResults;
            List<Datagram> results = new ArrayList<>();
            int bytes = 0;
            while (results.size() < max && bytes < MAX_BYTES) {
                Optional<Datagram> next;
                try {
                    next = datagrams.receive();
                } catch (IOException e) {
                    if (results.isEmpty()) {
                        throw e;
                    }
                    break;
                }
                if (next.isEmpty()) {
                    break;
                }
                bytes += next.get().data().length;
                results.add(next.get());
            }
            if (results.isEmpty()) {
                Thread.yield();
            }
            return results;
        });
    }

    public Pollable subscribe() {
        return new Pollable(datagrams.signal(), datagrams::canReceive);
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            socket.streamDropped();
        }
    }
}
