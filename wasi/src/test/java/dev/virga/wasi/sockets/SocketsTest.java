package dev.virga.wasi.sockets;

import static dev.virga.wasi.io.Results.error;
import static dev.virga.wasi.io.Results.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.NamePattern;
import dev.virga.wasi.NetworkQuota;
import dev.virga.wasi.OpenThings;
import dev.virga.wasi.SocketGrant;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.clocks.MonotonicClock;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.Poll;
import dev.virga.wasi.io.StreamError;
import dev.virga.wasi.sockets.TcpSocket.ShutdownType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SocketsTest {

    private static final Network NETWORK = new Network();
    private static final IpSocketAddress LOOPBACK = address("127.0.0.1", 0);

    private final OpenThings registry = new OpenThings(20);
    private final List<String> told = new ArrayList<>();
    private final Sockets all = sockets(WasiGrants.NONE.with(SocketGrant.EVERYTHING).withNameLookup(NamePattern.ANY));

    private Sockets sockets(WasiGrants grants) {
        return new Sockets(grants, new Diagnostics(told::add), registry, NetworkQuota.standard());
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
    }

    private static IpSocketAddress address(String host, int port) {
        InetAddress literal = InetAddress.ofLiteral(host);
        return IpSocketAddress.of(new InetSocketAddress(literal, port));
    }

    private static int port(IpSocketAddress address) throws IOException {
        return address.toJava(IpAddressFamily.IPV4).getPort();
    }

    private TcpSocket tcp() {
        return value(all.createTcpSocket(IpAddressFamily.IPV4));
    }

    private TcpSocket listener() {
        TcpSocket socket = tcp();
        value(socket.startBind(NETWORK, LOOPBACK));
        value(socket.finishBind());
        value(socket.startListen());
        value(socket.finishListen());
        return socket;
    }

    private record Pair(TcpSocket client, TcpSocket.Streams streams, TcpSocket.Accepted server) {}

    private Pair connected() {
        TcpSocket listener = listener();
        TcpSocket client = tcp();
        value(client.startConnect(NETWORK, value(listener.localAddress())));
        client.subscribe().block();
        TcpSocket.Streams streams = value(client.finishConnect());
        listener.subscribe().block();
        return new Pair(client, streams, value(listener.accept()));
    }

    private static byte[] readAll(GuestInput input) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (input.blockingRead(100_000) instanceof Result.Ok<byte[], StreamError>(byte[] bytes)) {
            got.writeBytes(bytes);
        }
        return got.toByteArray();
    }

    // Grants

    @Test
    void withoutGrantsNothingIsReachedAndTheOperatorIsToldOnce() {
        Sockets none = sockets(WasiGrants.NONE);
        assertEquals(ErrorCode.ACCESS_DENIED, error(none.createTcpSocket(IpAddressFamily.IPV4)));
        assertEquals(ErrorCode.ACCESS_DENIED, error(none.createUdpSocket(IpAddressFamily.IPV6)));
        assertEquals(ErrorCode.PERMANENT_RESOLVER_FAILURE, error(none.resolveAddresses(NETWORK, "localhost")));
        assertEquals(ErrorCode.PERMANENT_RESOLVER_FAILURE, error(none.resolveAddresses(NETWORK, "a\u001b[31m")));
        assertEquals(2, told.size(), told::toString);
        assertTrue(told.getFirst().contains("-S inherit-network"), told::toString);
        assertTrue(told.getLast().contains("--allow-name-lookup"), told::toString);
    }

    @Test
    void grantsAreCheckedByUseAddressAndPort() throws IOException {
        TcpSocket server = listener();
        int port = port(value(server.localAddress()));
        Sockets some = sockets(WasiGrants.NONE.with(SocketGrant.parse("tcp-connect@127.0.0.0/8:" + port)));
        TcpSocket socket = value(some.createTcpSocket(IpAddressFamily.IPV4));
        assertEquals(ErrorCode.ACCESS_DENIED, error(socket.startBind(NETWORK, LOOPBACK)));
        assertEquals(ErrorCode.ACCESS_DENIED, error(socket.startConnect(NETWORK, address("127.0.0.1", port ^ 1))));
        assertEquals(ErrorCode.ACCESS_DENIED, error(socket.startConnect(NETWORK, address("169.254.169.254", port))));
        assertTrue(told.stream().anyMatch(line -> line.contains("--allow-socket tcp-connect@127.0.0.1:")), told::toString);
        value(socket.startConnect(NETWORK, address("127.0.0.1", port)));
        socket.subscribe().block();
        value(socket.finishConnect());
    }

    @Test
    void sendingToAGrantedAddressNeedsNoGrantToBindAndLetsNobodyElseIn() throws IOException {
        UdpSocket peer = boundUdp(all, LOOPBACK);
        UdpSocket stranger = boundUdp(all, LOOPBACK);
        int port = port(value(peer.localAddress()));
        Sockets some = sockets(WasiGrants.NONE.with(SocketGrant.parse("udp-send@127.0.0.1:" + port)));
        UdpSocket socket = boundUdp(some, address("0.0.0.0", 0));
        UdpSocket.Streams streams = value(socket.stream(Optional.empty()));
        IpSocketAddress target = address("127.0.0.1", port(value(socket.localAddress())));
        send(value(stranger.stream(Optional.empty())).outgoing(), "no", Optional.of(target));
        send(value(peer.stream(Optional.empty())).outgoing(), "yes", Optional.of(target));
        streams.incoming().subscribe().block();
        assertEquals("yes", new String(value(streams.incoming().receive(10)).getFirst().data()));
        value(streams.outgoing().checkSend());
        assertEquals(
                ErrorCode.ACCESS_DENIED,
                error(streams.outgoing().send(List.of(new OutgoingDatagramStream.Datagram(
                        new byte[1], Optional.of(value(stranger.localAddress())))))));
        UdpSocket other = value(some.createUdpSocket(IpAddressFamily.IPV4));
        assertEquals(ErrorCode.ACCESS_DENIED, error(other.startBind(NETWORK, LOOPBACK)));
    }

    @Test
    void socketsAreBounded() {
        for (int i = 0; i < 20; i++) {
            tcp();
        }
        assertEquals(ErrorCode.NEW_SOCKET_LIMIT, error(all.createTcpSocket(IpAddressFamily.IPV4)));
        assertEquals(ErrorCode.NEW_SOCKET_LIMIT, error(all.createUdpSocket(IpAddressFamily.IPV4)));
        assertEquals(ErrorCode.NEW_SOCKET_LIMIT, error(all.resolveAddresses(NETWORK, "localhost")));
    }

    // TCP

    @Test
    void bytesTravelBothWays() {
        Pair pair = connected();
        byte[] sent = new byte[1_000_000];
        new Random(5).nextBytes(sent);
        Thread.ofVirtual().start(() -> {
            for (int from = 0; from < sent.length; from += 4000) {
                value(pair.streams().output().blockingWriteAndFlush(Arrays.copyOfRange(sent, from, from + 4000)));
            }
            value(pair.client().shutdown(ShutdownType.SEND));
        });
        assertArrayEquals(sent, readAll(pair.server().input()));
        value(pair.server().output().blockingWriteAndFlush(new byte[] {1}));
        assertArrayEquals(new byte[] {1}, value(pair.streams().input().blockingRead(10)));
    }

    @Test
    void aPeerThatDoesNotReadStopsTheWriter() {
        Pair pair = connected();
        long written = 0;
        for (int idle = 0; idle < 3; ) {
            long permit = value(pair.streams().output().checkWrite());
            if (permit == 0) {
                idle = new Poll().poll(List.of(
                                        pair.streams().output().subscribe(),
                                        new MonotonicClock().subscribeDuration(50_000_000)))
                                .contains(0)
                        ? 0
                        : idle + 1;
            } else {
                value(pair.streams().output().write(new byte[(int) permit]));
                written += permit;
            }
        }
        assertTrue(written < 64 << 20, "wrote " + written);
    }

    @Test
    void droppingEverythingStillSendsWhatWasWritten() throws IOException {
        Pair pair = connected();
        long permit = value(pair.streams().output().checkWrite());
        value(pair.streams().output().write(new byte[(int) permit]));
        pair.streams().output().close();
        pair.streams().input().close();
        pair.client().close();
        assertEquals(permit, readAll(pair.server().input()).length);
    }

    @Test
    void shutdownClosesTheStreamsAtOnceAndLosesNothingSent() {
        Pair pair = connected();
        value(pair.streams().output().write(new byte[1000]));
        value(pair.client().shutdown(ShutdownType.BOTH));
        assertInstanceOf(StreamError.Closed.class, error(pair.streams().output().checkWrite()));
        assertInstanceOf(StreamError.Closed.class, error(pair.streams().input().read(10)));
        assertEquals(1000, readAll(pair.server().input()).length);
    }

    @Test
    void operationsOutOfOrderAreRefused() {
        TcpSocket socket = tcp();
        assertEquals(ErrorCode.NOT_IN_PROGRESS, error(socket.finishBind()));
        assertEquals(ErrorCode.NOT_IN_PROGRESS, error(socket.finishConnect()));
        assertEquals(ErrorCode.NOT_IN_PROGRESS, error(socket.finishListen()));
        assertEquals(ErrorCode.INVALID_STATE, error(socket.startListen()));
        assertEquals(ErrorCode.INVALID_STATE, error(socket.accept()));
        assertEquals(ErrorCode.INVALID_STATE, error(socket.shutdown(ShutdownType.BOTH)));
        assertEquals(ErrorCode.INVALID_STATE, error(socket.localAddress()));
        assertEquals(ErrorCode.INVALID_STATE, error(socket.remoteAddress()));
        value(socket.startBind(NETWORK, LOOPBACK));
        assertEquals(ErrorCode.CONCURRENCY_CONFLICT, error(socket.startBind(NETWORK, LOOPBACK)));
        assertEquals(ErrorCode.CONCURRENCY_CONFLICT, error(socket.startConnect(NETWORK, address("127.0.0.1", 1))));
        value(socket.finishBind());
        assertEquals(ErrorCode.INVALID_STATE, error(socket.startBind(NETWORK, LOOPBACK)));
        value(socket.startListen());
        assertEquals(ErrorCode.CONCURRENCY_CONFLICT, error(socket.startListen()));
        value(socket.finishListen());
        assertTrue(socket.isListening());
        assertEquals(ErrorCode.WOULD_BLOCK, error(socket.accept()));
        assertEquals(ErrorCode.INVALID_STATE, error(socket.startConnect(NETWORK, address("127.0.0.1", 1))));
        assertEquals(ErrorCode.NOT_SUPPORTED, error(socket.setListenBacklogSize(5)));
    }

    @Test
    void addressesThatTcpCannotUseAreInvalid() {
        IpSocketAddress mapped = new IpSocketAddress.Ipv6(new IpSocketAddress.Ipv6SocketAddress(
                (short) 80,
                0,
                new IpAddress.Segments((short) 0, (short) 0, (short) 0, (short) 0, (short) 0, (short) -1, (short) 0x7f00, (short) 1),
                0));
        TcpSocket v4 = tcp();
        for (IpSocketAddress bad : List.of(
                address("0.0.0.0", 80), address("127.0.0.1", 0), address("255.255.255.255", 80),
                address("224.0.0.1", 80), address("::1", 80), mapped)) {
            assertEquals(ErrorCode.INVALID_ARGUMENT, error(v4.startConnect(NETWORK, bad)), bad::toString);
        }
        TcpSocket v6 = value(all.createTcpSocket(IpAddressFamily.IPV6));
        for (IpSocketAddress bad : List.of(mapped, LOOPBACK, address("::", 80), address("ff02::1", 80))) {
            assertEquals(ErrorCode.INVALID_ARGUMENT, error(v6.startConnect(NETWORK, bad)), bad::toString);
        }
        assertEquals(ErrorCode.ADDRESS_NOT_BINDABLE, error(v4.startBind(NETWORK, address("192.0.2.1", 0))));
    }

    @Test
    void refusedConnectionsAndUsedPortsAreTold() throws IOException {
        TcpSocket listener = listener();
        IpSocketAddress used = value(listener.localAddress());
        assertEquals(ErrorCode.ADDRESS_IN_USE, error(tcp().startBind(NETWORK, used)));
        listener.close();
        TcpSocket client = tcp();
        value(client.startConnect(NETWORK, used));
        client.subscribe().block();
        assertEquals(ErrorCode.CONNECTION_REFUSED, error(client.finishConnect()));
        assertEquals(ErrorCode.INVALID_STATE, error(client.startConnect(NETWORK, used)));
    }

    @Test
    void optionsAreClampedRememberedAndInherited() {
        TcpSocket listener = listener();
        assertEquals(ErrorCode.INVALID_ARGUMENT, error(listener.setHopLimit((byte) 0)));
        assertEquals(ErrorCode.INVALID_ARGUMENT, error(listener.setKeepAliveCount(0)));
        assertEquals(ErrorCode.INVALID_ARGUMENT, error(listener.setKeepAliveInterval(0)));
        assertEquals(ErrorCode.INVALID_ARGUMENT, error(listener.setSendBufferSize(0)));
        value(listener.setKeepAliveEnabled(true));
        value(listener.setKeepAliveIdleTime(1));
        value(listener.setKeepAliveInterval(-1));
        value(listener.setKeepAliveCount(-1));
        value(listener.setReceiveBufferSize(-1));
        value(listener.setHopLimit((byte) 255));
        TcpSocket client = tcp();
        value(client.startConnect(NETWORK, value(listener.localAddress())));
        client.subscribe().block();
        listener.subscribe().block();
        TcpSocket accepted = value(listener.accept()).socket();
        assertTrue(value(accepted.keepAliveEnabled()));
        assertEquals(1_000_000_000L, value(accepted.keepAliveIdleTime()));
        assertTrue(value(accepted.keepAliveInterval()) > 0);
        assertEquals((byte) 255, value(accepted.hopLimit()));
        assertEquals(ErrorCode.INVALID_STATE, error(client.keepAliveEnabled()), "while connecting");
    }

    // UDP

    private UdpSocket boundUdp(Sockets sockets, IpSocketAddress address) {
        UdpSocket socket = value(sockets.createUdpSocket(IpAddressFamily.IPV4));
        value(socket.startBind(NETWORK, address));
        value(socket.finishBind());
        return socket;
    }

    private static void send(OutgoingDatagramStream stream, String text, Optional<IpSocketAddress> to) {
        stream.subscribe().block();
        assertTrue(value(stream.checkSend()) > 0);
        assertEquals(1, value(stream.send(List.of(new OutgoingDatagramStream.Datagram(text.getBytes(), to)))));
    }

    @Test
    void datagramsKeepTheirBoundsAndSender() {
        UdpSocket one = boundUdp(all, LOOPBACK);
        UdpSocket two = boundUdp(all, LOOPBACK);
        UdpSocket.Streams to = value(one.stream(Optional.of(value(two.localAddress()))));
        send(to.outgoing(), "a", Optional.empty());
        send(to.outgoing(), "", Optional.empty());
        send(to.outgoing(), "ccc", Optional.of(value(two.localAddress())));
        UdpSocket.Streams from = value(two.stream(Optional.of(value(one.localAddress()))));
        List<String> got = new ArrayList<>();
        while (got.size() < 3) {
            from.incoming().subscribe().block();
            for (var datagram : value(from.incoming().receive(2))) {
                got.add(new String(datagram.data()));
                assertEquals(value(one.localAddress()), datagram.remoteAddress());
            }
        }
        assertEquals(List.of("a", "", "ccc"), got);
        assertEquals(List.of(), value(from.incoming().receive(-1)));
    }

    @Test
    void streamsMustBeDroppedBeforeTheNextAndSendingIsPermittedFirst() throws IOException {
        UdpSocket socket = boundUdp(all, LOOPBACK);
        UdpSocket.Streams streams = value(socket.stream(Optional.empty()));
        assertThrows(Trap.class, () -> socket.stream(Optional.empty()));
        var datagram = new OutgoingDatagramStream.Datagram(new byte[1], Optional.of(address("127.0.0.1", 9)));
        assertThrows(Trap.class, () -> streams.outgoing().send(List.of(datagram)));
        long permit = value(streams.outgoing().checkSend());
        assertThrows(Trap.class, () -> streams.outgoing().send(Collections.nCopies((int) permit + 1, datagram)));
        streams.incoming().close();
        streams.outgoing().close();
        UdpSocket.Streams next = value(socket.stream(Optional.of(address("127.0.0.1", 9))));
        assertEquals(address("127.0.0.1", 9), value(socket.remoteAddress()));
        value(next.outgoing().checkSend());
        var other = new OutgoingDatagramStream.Datagram(new byte[1], Optional.of(address("127.0.0.1", 10)));
        assertEquals(ErrorCode.INVALID_ARGUMENT, error(next.outgoing().send(List.of(other))));
        value(next.outgoing().checkSend());
        var large = new OutgoingDatagramStream.Datagram(new byte[70_000], Optional.empty());
        assertEquals(ErrorCode.DATAGRAM_TOO_LARGE, error(next.outgoing().send(List.of(large))));
    }

    @Test
    void unboundSocketsHaveNoStreams() {
        UdpSocket socket = value(all.createUdpSocket(IpAddressFamily.IPV4));
        assertEquals(ErrorCode.INVALID_STATE, error(socket.stream(Optional.empty())));
        assertEquals(ErrorCode.NOT_IN_PROGRESS, error(socket.finishBind()));
        assertEquals(ErrorCode.INVALID_STATE, error(socket.remoteAddress()));
    }

    // Names

    @Test
    void literalsAndNamesResolve() {
        assertEquals(
                Optional.of(IpAddress.of(InetAddress.ofLiteral("2001:db8::1"))),
                first(value(all.resolveAddresses(NETWORK, "[2001:DB8::1]"))));
        assertEquals(
                Optional.of(IpAddress.of(InetAddress.ofLiteral("192.0.2.7"))),
                first(value(all.resolveAddresses(NETWORK, "192.0.2.7"))));
        assertTrue(first(value(all.resolveAddresses(NETWORK, "localhost"))).isPresent());
    }

    private static Optional<IpAddress> first(ResolveAddressStream stream) {
        stream.subscribe().block();
        Optional<IpAddress> first = value(stream.resolveNextAddress());
        stream.close();
        return first;
    }

    @Test
    void whatIsNoNameIsInvalid() {
        for (String bad : List.of("", " ", "a b", "127.0.0.1:80", "[::]:80", "http://x/", "a..b", "x".repeat(64), "a.".repeat(200), "fe80::1%eth0", "\0")) {
            assertEquals(ErrorCode.INVALID_ARGUMENT, error(all.resolveAddresses(NETWORK, bad)), bad);
        }
    }
}
