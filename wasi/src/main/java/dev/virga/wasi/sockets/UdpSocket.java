package dev.virga.wasi.sockets;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import dev.virga.wasi.SocketUse;
import dev.virga.wasi.io.Pollable;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** {@code wasi:sockets/udp.udp-socket}. */
public final class UdpSocket implements Closeable {

    /** {@code tuple<incoming-datagram-stream, outgoing-datagram-stream>}. */
    public record Streams(IncomingDatagramStream incoming, OutgoingDatagramStream outgoing) {}

    private enum State { UNBOUND, BINDING, BOUND, CLOSED }

    private final SocketPolicy policy;
    private final IpAddressFamily family;
    private final UdpOptions options = new UdpOptions();
    private State state = State.UNBOUND;
    /** Known when there is an address. */
    private Optional<UdpTransport> transport = Optional.empty();
    /** Bound only to be able to send: nobody may send here who may not be sent to. */
    private boolean forSending;
    private Optional<InetSocketAddress> remote = Optional.empty();
    private Optional<Datagrams> datagrams = Optional.empty();
    private int streams;
    private int hopLimit = 64;

    private UdpSocket(SocketPolicy policy, IpAddressFamily family) {
        this.policy = policy;
        this.family = family;
    }

    static UdpSocket create(SocketPolicy policy, IpAddressFamily family) throws IOException {
        policy.requireAny(SocketUse.UDP_SEND, SocketUse.UDP_BIND);
        policy.requireRoom();
        UdpSocket socket = new UdpSocket(policy, family);
        policy.open().add(socket);
        return socket;
    }

    public Result<Void, ErrorCode> startBind(Network network, IpSocketAddress localAddress) {
        return Errors.attempt(() -> {
            if (state == State.BINDING) {
                throw new ErrorCodeException(ErrorCode.CONCURRENCY_CONFLICT);
            }
            require(State.UNBOUND);
            InetSocketAddress local = localAddress.toJava(family);
            forSending = !policy.allows(SocketUse.UDP_BIND, local)
                    && local.getPort() == 0
                    && local.getAddress().isAnyLocalAddress()
                    && policy.allowsAny(SocketUse.UDP_SEND);
            if (!forSending) {
                policy.require(SocketUse.UDP_BIND, local);
            }
            transport = Optional.of(bind(local));
            state = State.BINDING;
            return null;
        });
    }

    private UdpTransport bind(InetSocketAddress local) throws IOException {
        Optional<VirtualLoopback> loopback = policy.loopback(SocketUse.UDP_BIND, local);
        return loopback.isPresent()
                ? new VirtualUdp(loopback.get(), local, policy, options)
                : new SystemUdp(local, policy, options);
    }

    public Result<Void, ErrorCode> finishBind() {
        return Errors.attempt(() -> {
            if (state != State.BINDING) {
                throw new ErrorCodeException(ErrorCode.NOT_IN_PROGRESS);
            }
            state = State.BOUND;
            return null;
        });
    }

    public Result<Streams, ErrorCode> stream(Optional<IpSocketAddress> remoteAddress) {
        if (streams > 0) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI, "wasi:sockets/udp: stream called before the streams of the last call were dropped");
        }
        return Errors.attempt(() -> {
            require(State.BOUND);
            Optional<InetSocketAddress> wanted = Optional.empty();
            if (remoteAddress.isPresent()) {
                wanted = Optional.of(remoteAddress.get().toRemote(family));
                boolean receivesFromAnyone =
                        transport.orElseThrow() instanceof SystemUdp && policy.allows(SocketUse.UDP_BIND, local());
                if (!receivesFromAnyone) {
                    policy.require(SocketUse.UDP_SEND, wanted.get());
                }
            }
            Datagrams opened = transport.orElseThrow().open(wanted, this::accepts);
            datagrams = Optional.of(opened);
            remote = wanted;
            streams = 2;
            return new Streams(
                    new IncomingDatagramStream(opened, this), new OutgoingDatagramStream(opened, wanted, this, policy));
        });
    }

    /** Whether a datagram from there is for the guest. */
    private boolean accepts(InetSocketAddress from) {
        return IpAddressFamily.of(from.getAddress()) == family
                && (remote.isEmpty() || remote.get().equals(from))
                && (!forSending || policy.allows(SocketUse.UDP_SEND, from));
    }

    void streamDropped() throws IOException {
        if (--streams == 0) {
            datagrams.orElseThrow().close();
        }
    }

    public Result<IpSocketAddress, ErrorCode> localAddress() {
        return Errors.attempt(() -> {
            if (state != State.BINDING) {
                require(State.BOUND);
            }
            return IpSocketAddress.of(local());
        });
    }

    private InetSocketAddress local() throws IOException {
        return transport.orElseThrow().local();
    }

    public Result<IpSocketAddress, ErrorCode> remoteAddress() {
        return Errors.attempt(() -> IpSocketAddress.of(
                remote.orElseThrow(() -> new ErrorCodeException(ErrorCode.INVALID_STATE))));
    }

    public IpAddressFamily addressFamily() {
        return family;
    }

    public Result<Byte, ErrorCode> unicastHopLimit() {
        return Result.ok((byte) hopLimit);
    }

    public Result<Void, ErrorCode> setUnicastHopLimit(byte value) {
        return Errors.attempt(() -> {
            TcpOptions.requireNotZero(value);
            hopLimit = value;
            return null;
        });
    }

    public Result<Long, ErrorCode> receiveBufferSize() {
        return Result.ok(options.receiveBuffer());
    }

    public Result<Void, ErrorCode> setReceiveBufferSize(long value) {
        return Errors.attempt(() -> {
            options.receiveBuffer(transport.flatMap(UdpTransport::channel), value);
            return null;
        });
    }

    public Result<Long, ErrorCode> sendBufferSize() {
        return Result.ok(options.sendBuffer());
    }

    public Result<Void, ErrorCode> setSendBufferSize(long value) {
        return Errors.attempt(() -> {
            options.sendBuffer(transport.flatMap(UdpTransport::channel), value);
            return null;
        });
    }

    /** No operation of the socket itself takes time. */
    public Pollable subscribe() {
        return Pollable.always();
    }

    @Override
    public void close() throws IOException {
        state = State.CLOSED;
        policy.open().remove(this);
        if (transport.isPresent()) {
            transport.get().close();
        }
    }

    private void require(State needed) throws IOException {
        if (state != needed) {
            throw new ErrorCodeException(ErrorCode.INVALID_STATE);
        }
    }
}
