package dev.virga.wasi.sockets;

import dev.virga.component.Result;
import dev.virga.wasi.SocketUse;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.GuestOutput;
import dev.virga.wasi.io.Pollable;
import dev.virga.wasi.io.Signal;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.Optional;

/** {@code wasi:sockets/tcp.tcp-socket}, with the states of TcpSocketOperationalSemantics.md. */
public final class TcpSocket implements Closeable {

    private static final int DEFAULT_BACKLOG = 128;
    private static final Closeable NOTHING = () -> {};

    /** {@code tuple<input-stream, output-stream>}. */
    public record Streams(GuestInput input, GuestOutput output) {}

    /** {@code tuple<tcp-socket, input-stream, output-stream>}. */
    public record Accepted(TcpSocket socket, GuestInput input, GuestOutput output) {}

    /** {@code shutdown-type}. */
    public enum ShutdownType { RECEIVE, SEND, BOTH }

    private enum State { UNBOUND, BINDING, BOUND, CONNECTING, CONNECTED, LISTEN_STARTED, LISTENING, CLOSED }

    private final SocketPolicy policy;
    private final IpAddressFamily family;
    private final TcpOptions options;
    private final Signal signal = new Signal();
    private State state;
    private int backlog = DEFAULT_BACKLOG;
    /** Known when there is an address. */
    private Optional<TcpTransport> transport = Optional.empty();
    private Optional<Connecting> connecting = Optional.empty();
    private Optional<TcpListener> listener = Optional.empty();
    private Optional<TcpConnection> connection;

    private TcpSocket(
            SocketPolicy policy,
            IpAddressFamily family,
            TcpOptions options,
            Optional<TcpConnection> connection) {
        this.policy = policy;
        this.family = family;
        this.options = options;
        this.connection = connection;
        this.state = connection.isPresent() ? State.CONNECTED : State.UNBOUND;
    }

    static TcpSocket create(SocketPolicy policy, IpAddressFamily family) throws IOException {
        policy.requireAny(SocketUse.TCP_CONNECT, SocketUse.TCP_BIND);
        policy.requireRoom();
        TcpSocket socket = new TcpSocket(policy, family, new TcpOptions(), Optional.empty());
        policy.open().add(socket);
        return socket;
    }

    /** The network that the address belongs to. A socket that is bound in one reaches nothing in the other. */
    private TcpTransport transport(SocketUse use, InetSocketAddress address) throws IOException {
        Optional<VirtualLoopback> loopback = policy.loopback(use, address);
        if (state == State.UNBOUND && transport.isPresent()) { // from an attempt to bind that failed
            transport.get().close();
            transport = Optional.empty();
        }
        if (transport.isEmpty()) {
            transport = Optional.of(loopback.isPresent()
                    ? new VirtualTcp(loopback.get(), family, policy.diagnostics())
                    : new SystemTcp(policy, family, options));
        } else if (loopback.isPresent() != transport.get() instanceof VirtualTcp) {
            throw new ErrorCodeException(ErrorCode.REMOTE_UNREACHABLE);
        }
        return transport.get();
    }

    public Result<Void, ErrorCode> startBind(Network network, IpSocketAddress localAddress) {
        return Errors.attempt(() -> {
            requireNothingInProgress();
            require(State.UNBOUND);
            InetSocketAddress local = IpSocketAddress.unicast(localAddress.toJava(family));
            policy.require(SocketUse.TCP_BIND, local);
            transport(SocketUse.TCP_BIND, local).bind(local);
            state = State.BINDING;
            return null;
        });
    }

    public Result<Void, ErrorCode> finishBind() {
        return finish(State.BINDING, State.BOUND);
    }

    public Result<Void, ErrorCode> startConnect(Network network, IpSocketAddress remoteAddress) {
        return Errors.attempt(() -> {
            requireNothingInProgress();
            if (state != State.UNBOUND) {
                require(State.BOUND);
            }
            InetSocketAddress remote = IpSocketAddress.unicast(remoteAddress.toRemote(family));
            policy.require(SocketUse.TCP_CONNECT, remote);
            connecting = Optional.of(transport(SocketUse.TCP_CONNECT, remote).connect(remote, signal));
            state = State.CONNECTING;
            return null;
        });
    }

    public Result<Streams, ErrorCode> finishConnect() {
        return Errors.attempt(() -> {
            requireInProgress(State.CONNECTING);
            Connecting attempt = connecting.orElseThrow();
            if (!attempt.done()) {
                Thread.yield();
                throw new ErrorCodeException(ErrorCode.WOULD_BLOCK);
            }
            state = State.CLOSED;
            TcpConnection made = attempt.finish();
            policy.open().remove(this);
            made.register(policy.open());
            connection = Optional.of(made);
            state = State.CONNECTED;
            return new Streams(made.input(), made.output());
        });
    }

    public Result<Void, ErrorCode> startListen() {
        return Errors.attempt(() -> {
            requireNothingInProgress();
            require(State.BOUND);
            state = State.CLOSED;
            listener = Optional.of(transport.orElseThrow().listen(backlog, signal));
            applyOptions(options, listener.get().channel());
            state = State.LISTEN_STARTED;
            return null;
        });
    }

    public Result<Void, ErrorCode> finishListen() {
        return finish(State.LISTEN_STARTED, State.LISTENING);
    }

    public Result<Accepted, ErrorCode> accept() {
        return Errors.attempt(() -> {
            require(State.LISTENING);
            policy.requireRoom();
            Optional<TcpConnection> accepted = listener.orElseThrow().accept();
            if (accepted.isEmpty()) {
                Thread.yield();
                throw new ErrorCodeException(ErrorCode.WOULD_BLOCK);
            }
            TcpOptions inherited = options.copy();
            TcpConnection made = accepted.get();
            made.register(policy.open());
            applyOptions(inherited, made.channel());
            TcpSocket socket = new TcpSocket(policy, family, inherited, Optional.of(made));
            return new Accepted(socket, made.input(), made.output());
        });
    }

    private static void applyOptions(TcpOptions options, Optional<NetworkChannel> channel) throws IOException {
        if (channel.isPresent()) {
            options.applyTo(channel.get());
        }
    }

    public Result<IpSocketAddress, ErrorCode> localAddress() {
        return Errors.attempt(() -> IpSocketAddress.of(switch (state) {
            case BINDING, BOUND -> transport.orElseThrow().local();
            case CONNECTED -> connection.orElseThrow().local();
            case LISTEN_STARTED, LISTENING -> listener.orElseThrow().local();
            default -> throw new ErrorCodeException(ErrorCode.INVALID_STATE);
        }));
    }

    public Result<IpSocketAddress, ErrorCode> remoteAddress() {
        return Errors.attempt(() -> {
            require(State.CONNECTED);
            return IpSocketAddress.of(connection.orElseThrow().remote());
        });
    }

    public boolean isListening() {
        return state == State.LISTENING;
    }

    public IpAddressFamily addressFamily() {
        return family;
    }

    public Result<Void, ErrorCode> setListenBacklogSize(long value) {
        return Errors.attempt(() -> {
            int size = TcpOptions.bufferSize(value);
            switch (state) {
                case UNBOUND, BINDING, BOUND -> backlog = size;
                case LISTEN_STARTED, LISTENING -> throw new ErrorCodeException(ErrorCode.NOT_SUPPORTED);
                default -> throw new ErrorCodeException(ErrorCode.INVALID_STATE);
            }
            return null;
        });
    }

    public Result<Boolean, ErrorCode> keepAliveEnabled() {
        return get(options::keepAlive);
    }

    public Result<Void, ErrorCode> setKeepAliveEnabled(boolean value) {
        return set(target -> options.keepAlive(target, value));
    }

    public Result<Long, ErrorCode> keepAliveIdleTime() {
        return get(options::idleTime);
    }

    public Result<Void, ErrorCode> setKeepAliveIdleTime(long value) {
        return set(target -> options.idleTime(target, value));
    }

    public Result<Long, ErrorCode> keepAliveInterval() {
        return get(options::interval);
    }

    public Result<Void, ErrorCode> setKeepAliveInterval(long value) {
        return set(target -> options.interval(target, value));
    }

    public Result<Integer, ErrorCode> keepAliveCount() {
        return get(options::count);
    }

    public Result<Void, ErrorCode> setKeepAliveCount(int value) {
        return set(target -> options.count(target, value));
    }

    public Result<Byte, ErrorCode> hopLimit() {
        return get(options::hopLimit);
    }

    public Result<Void, ErrorCode> setHopLimit(byte value) {
        return set(target -> options.hopLimit(value));
    }

    public Result<Long, ErrorCode> receiveBufferSize() {
        return get(options::receiveBuffer);
    }

    public Result<Void, ErrorCode> setReceiveBufferSize(long value) {
        return set(target -> options.receiveBuffer(target, value));
    }

    public Result<Long, ErrorCode> sendBufferSize() {
        return get(options::sendBuffer);
    }

    public Result<Void, ErrorCode> setSendBufferSize(long value) {
        return set(target -> options.sendBuffer(target, value));
    }

    /** Ready when the operation in progress is done, or, listening, when a connection waits. */
    public Pollable subscribe() {
        return new Pollable(signal, () -> switch (state) {
            case CONNECTING -> connecting.orElseThrow().done();
            case LISTENING -> listener.orElseThrow().ready();
            default -> true;
        });
    }

    public Result<Void, ErrorCode> shutdown(ShutdownType type) {
        return Errors.attempt(() -> {
            require(State.CONNECTED);
            if (type != ShutdownType.SEND) {
                connection.orElseThrow().shutdownInput();
            }
            if (type != ShutdownType.RECEIVE) {
                connection.orElseThrow().shutdownOutput();
            }
            return null;
        });
    }

    @Override
    public void close() throws IOException {
        if (state == State.CONNECTED) {
            state = State.CLOSED;
            connection.orElseThrow().release();
            return;
        }
        if (connection.isEmpty()) {
            state = State.CLOSED;
            policy.open().remove(this);
            try (Closeable _ = transport.<Closeable>map(t -> t).orElse(NOTHING);
                    Closeable _ = listener.<Closeable>map(l -> l).orElse(NOTHING)) {
                // The listener first.
            }
        }
    }

    private interface Getter<T> {
        T get();
    }

    private <T> Result<T, ErrorCode> get(Getter<T> option) {
        return Errors.attempt(() -> {
            target();
            return option.get();
        });
    }

    private interface Setter {
        void set(Optional<NetworkChannel> target) throws IOException;
    }

    private Result<Void, ErrorCode> set(Setter option) {
        return Errors.attempt(() -> {
            option.set(target());
            return null;
        });
    }

    private Optional<NetworkChannel> target() throws IOException {
        return switch (state) {
            case CONNECTING, CLOSED -> throw new ErrorCodeException(ErrorCode.INVALID_STATE);
            case LISTEN_STARTED, LISTENING -> listener.orElseThrow().channel();
            case CONNECTED -> connection.orElseThrow().channel();
            default -> transport.flatMap(TcpTransport::channel);
        };
    }

    private Result<Void, ErrorCode> finish(State started, State next) {
        return Errors.attempt(() -> {
            requireInProgress(started);
            state = next;
            return null;
        });
    }

    private void require(State needed) throws IOException {
        if (state != needed) {
            throw new ErrorCodeException(ErrorCode.INVALID_STATE);
        }
    }

    private void requireInProgress(State needed) throws IOException {
        if (state != needed) {
            throw new ErrorCodeException(ErrorCode.NOT_IN_PROGRESS);
        }
    }

    private void requireNothingInProgress() throws IOException {
        if (state == State.BINDING || state == State.CONNECTING || state == State.LISTEN_STARTED) {
            throw new ErrorCodeException(ErrorCode.CONCURRENCY_CONFLICT);
        }
    }
}
