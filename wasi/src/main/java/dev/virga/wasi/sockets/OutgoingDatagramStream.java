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
    private final Optional<InetSocketAddress> remote;
    private final UdpSocket socket;
    private final SocketPolicy policy;
    /** Whom sending to was granted last: a use of the grant, not each of its datagrams, is told. */
    private Optional<InetSocketAddress> granted = Optional.empty();
    private int permitted;
    private boolean closed;

    OutgoingDatagramStream(
            Datagrams datagrams, Optional<InetSocketAddress> remote, UdpSocket socket, SocketPolicy policy) {
        this.datagrams = datagrams;
        this.remote = remote;
        this.socket = socket;
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
        if (datagram.data().length > Datagrams.MAX_SIZE) {
            throw new ErrorCodeException(ErrorCode.DATAGRAM_TOO_LARGE);
        }
        InetSocketAddress target = datagram.remoteAddress().isPresent()
                ? datagram.remoteAddress().get().toRemote(socket.addressFamily())
                : remote.orElseThrow(() -> new ErrorCodeException(ErrorCode.INVALID_ARGUMENT));
        if (remote.isPresent() && !remote.get().equals(target)) {
            throw new ErrorCodeException(ErrorCode.INVALID_ARGUMENT);
        }
        if (!granted.equals(Optional.of(target))) {
            policy.require(SocketUse.UDP_SEND, target);
            granted = Optional.of(target);
        }
        return target;
    }

    public Pollable subscribe() {
        return new Pollable(datagrams.signal(), datagrams::canSend);
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            socket.streamDropped();
        }
    }
}
