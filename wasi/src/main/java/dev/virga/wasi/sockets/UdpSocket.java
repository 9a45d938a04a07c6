package dev.virga.wasi.sockets;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import dev.virga.wasi.SocketUse;
import dev.virga.wasi.io.Pollable;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/** {@code wasi:sockets/udp.udp-socket}. */
public final class UdpSocket implements Closeable {

    /** {@code tuple<incoming-datagram-stream, outgoing-datagram-stream>}. */
    public record Streams(IncomingDatagramStream incoming, OutgoingDatagramStream outgoing) {}

    private enum State { UNBOUND, BINDING, BOUND, CLOSED }

    private final SocketPolicy policy;
    private final IpAddressFamily family;
    private final DatagramChannel channel;
    private State state = State.UNBOUND;
    /** Bound only to be able to send: nobody may send here who may not be sent to. */
    private boolean forSending;
    private Optional<InetSocketAddress> remote = Optional.empty();
    private int streams;
    private int hopLimit = 64;
    private long receiveBuffer;
    private long sendBuffer;

    private UdpSocket(SocketPolicy policy, IpAddressFamily family, DatagramChannel channel) throws IOException {
        this.policy = policy;
        this.family = family;
        this.channel = channel;
        this.receiveBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        this.sendBuffer = channel.getOption(StandardSocketOptions.SO_SNDBUF);
        channel.configureBlocking(false);
    }

    static UdpSocket create(SocketPolicy policy, IpAddressFamily family) throws IOException {
        policy.requireAny(SocketUse.UDP_SEND, SocketUse.UDP_BIND);
        policy.requireRoom();
        DatagramChannel channel = DatagramChannel.open(family.protocol());
        try {
            UdpSocket socket = new UdpSocket(policy, family, channel);
            policy.open().add(socket);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
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
            channel.bind(local);
            state = State.BINDING;
            return null;
        });
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
                if (!policy.allows(SocketUse.UDP_BIND, local())) {
                    policy.require(SocketUse.UDP_SEND, wanted.get());
                }
            }
            Datagrams datagrams = new Datagrams(this, channel, wanted);
            try {
                datagrams.connect(remote);
                remote = wanted;
                IncomingDatagramStream incoming = new IncomingDatagramStream(datagrams);
                OutgoingDatagramStream outgoing = new OutgoingDatagramStream(datagrams, family, policy);
                streams = 2;
                return new Streams(incoming, outgoing);
            } catch (IOException | RuntimeException e) {
                datagrams.close();
                throw e;
            }
        });
    }

    /** Whether a datagram from there is for the guest. */
    boolean accepts(InetSocketAddress from) {
        return IpAddressFamily.of(from.getAddress()) == family
                && (remote.isEmpty() || remote.get().equals(from))
                && (!forSending || policy.allows(SocketUse.UDP_SEND, from));
    }

    void streamDropped() {
        streams--;
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
        return (InetSocketAddress) channel.getLocalAddress();
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
        return Result.ok(receiveBuffer);
    }

    public Result<Void, ErrorCode> setReceiveBufferSize(long value) {
        return Errors.attempt(() -> {
            int size = TcpOptions.bufferSize(value);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, size);
            receiveBuffer = size;
            return null;
        });
    }

    public Result<Long, ErrorCode> sendBufferSize() {
        return Result.ok(sendBuffer);
    }

    public Result<Void, ErrorCode> setSendBufferSize(long value) {
        return Errors.attempt(() -> {
            int size = TcpOptions.bufferSize(value);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, size);
            sendBuffer = size;
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
        channel.close();
    }

    private void require(State needed) throws IOException {
        if (state != needed) {
            throw new ErrorCodeException(ErrorCode.INVALID_STATE);
        }
    }
}
