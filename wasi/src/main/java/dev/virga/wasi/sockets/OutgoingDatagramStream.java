package dev.virga.wasi.sockets;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import dev.virga.wasi.SocketUse;
import dev.virga.wasi.io.Pollable;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** {@code wasi:sockets/udp.outgoing-datagram-stream}. */
public final class OutgoingDatagramStream implements Closeable {

    /** {@code outgoing-datagram}. */
    public record Datagram(byte[] data, Optional<IpSocketAddress> remoteAddress) {}

    private static final int PERMIT = 16;

    private final Datagrams datagrams;
    private final IpAddressFamily family;
    private final SocketPolicy policy;
    private int permitted;
    private boolean closed;

    OutgoingDatagramStream(Datagrams datagrams, IpAddressFamily family, SocketPolicy policy) {
        this.datagrams = datagrams;
        this.family = family;
        this.policy = policy;
    }

    public Result<Long, ErrorCode> checkSend() {
        permitted = datagrams.canSend() ? PERMIT : 0;
        return Result.ok((long) permitted);
    }

    public Result<Long, ErrorCode> send(List<Datagram> all) {
        if (all.size() > permitted) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "wasi:sockets/udp: send of " + all.size()
                    + " datagrams where check-send permitted " + permitted);
        }
        permitted = 0;
        return Errors.attempt(() -> {
            long sent = 0;
            for (Datagram datagram : all) {
                try {
                    if (!datagrams.send(datagram.data(), target(datagram))) {
                        break;
                    }
                } catch (IOException e) {
                    if (sent == 0) {
                        throw e;
                    }
                    break; // what was sent counts; the guest meets the error when it sends the rest
                }
                sent++;
            }
            return sent;
        });
    }

    private InetSocketAddress target(Datagram datagram) throws IOException {
        Optional<InetSocketAddress> connected = datagrams.remote();
        InetSocketAddress target = datagram.remoteAddress().isPresent()
                ? datagram.remoteAddress().get().toRemote(family)
                : connected.orElseThrow(() -> new ErrorCodeException(ErrorCode.INVALID_ARGUMENT));
        if (connected.isPresent() && !connected.get().equals(target)) {
            throw new ErrorCodeException(ErrorCode.INVALID_ARGUMENT);
        }
        policy.require(SocketUse.UDP_SEND, target);
        return target;
    }

    public Pollable subscribe() {
        return new Pollable(datagrams.signal(), datagrams::canSend);
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            datagrams.release();
        }
    }
}
