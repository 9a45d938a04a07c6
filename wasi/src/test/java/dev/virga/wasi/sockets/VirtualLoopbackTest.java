package dev.virga.wasi.sockets;

import static dev.virga.wasi.io.Results.error;
import static dev.virga.wasi.io.Results.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.NetworkQuota;
import dev.virga.wasi.OpenThings;
import dev.virga.wasi.SocketGrant;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.StreamError;
import dev.virga.wasi.sockets.TcpSocket.ShutdownType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two instances of one workload, and what they do on its loopback. */
@Timeout(30)
class VirtualLoopbackTest {

    private static final Network NETWORK = new Network();
    private static final IpSocketAddress PORT_80 = address("127.0.0.1", 80);
    private static final IpSocketAddress ANY = address("0.0.0.0", 0);

    private final VirtualLoopback loopback = new VirtualLoopback(4);
    private final WasiGrants grants = WasiGrants.NONE.with(loopback);
    private final List<String> told = new ArrayList<>();
    private final OpenThings serverThings = new OpenThings(500);
    private final OpenThings clientThings = new OpenThings(500);
    private final Sockets server = sockets(grants, serverThings);
    private final Sockets client = sockets(grants, clientThings);

    private Sockets sockets(WasiGrants grants, OpenThings things) {
        return new Sockets(grants, new Diagnostics(told::add), things, NetworkQuota.standard());
    }

    @AfterEach
    void close() throws IOException {
        try (loopback; serverThings) {
            clientThings.close();
        }
    }

    private static IpSocketAddress address(String host, int port) {
        return IpSocketAddress.of(new InetSocketAddress(InetAddress.ofLiteral(host), port));
    }

    private static int port(IpSocketAddress address) throws IOException {
        return address.toJava(IpAddressFamily.IPV4).getPort();
    }

    private static TcpSocket tcp(Sockets sockets) {
        return value(sockets.createTcpSocket(IpAddressFamily.IPV4));
    }

    private TcpSocket listener(IpSocketAddress at, long backlog) {
        TcpSocket socket = tcp(server);
        value(socket.startBind(NETWORK, at));
        value(socket.finishBind());
        value(socket.setListenBacklogSize(backlog));
        value(socket.startListen());
        value(socket.finishListen());
        return socket;
    }

    private static TcpSocket connecting(Sockets sockets, IpSocketAddress to) {
        TcpSocket socket = tcp(sockets);
        value(socket.startConnect(NETWORK, to));
        return socket;
    }

    private static TcpSocket.Streams finished(TcpSocket connecting) {
        connecting.subscribe().block();
        return value(connecting.finishConnect());
    }

    private static ErrorCode failed(TcpSocket connecting) {
        connecting.subscribe().block();
        return error(connecting.finishConnect());
    }

    private record Pair(TcpSocket listener, TcpSocket client, TcpSocket.Streams streams, TcpSocket.Accepted server) {}

    private Pair connected() {
        TcpSocket listener = listener(PORT_80, 128);
        TcpSocket socket = connecting(client, PORT_80);
        TcpSocket.Streams streams = finished(socket);
        listener.subscribe().block();
        return new Pair(listener, socket, streams, value(listener.accept()));
    }

    private static byte[] readAll(GuestInput input) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (input.blockingRead(100_000) instanceof Result.Ok<byte[], StreamError>(byte[] bytes)) {
            got.writeBytes(bytes);
        }
        return got.toByteArray();
    }

    // TCP

    @Test
    void bothEndsKnowEachOthersAddress() throws IOException {
        Pair pair = connected();
        assertEquals(PORT_80, value(pair.client().remoteAddress()));
        assertEquals(PORT_80, value(pair.server().socket().localAddress()));
        assertEquals(value(pair.client().localAddress()), value(pair.server().socket().remoteAddress()));
        assertTrue(port(value(pair.client().localAddress())) >= 49152);
        assertEquals(address("127.0.0.1", 80), value(pair.listener().localAddress()));
    }

    @Test
    void oneHalfCanBeClosedWhileTheOtherGoesOn() {
        Pair pair = connected();
        value(pair.streams().output().write(new byte[] {1, 2}));
        value(pair.client().shutdown(ShutdownType.SEND));
        assertInstanceOf(StreamError.Closed.class, error(pair.streams().output().checkWrite()));
        assertArrayEquals(new byte[] {1, 2}, readAll(pair.server().input()));
        value(pair.server().output().write(new byte[] {3}));
        assertArrayEquals(new byte[] {3}, value(pair.streams().input().blockingRead(10)));
    }

    @Test
    void aPeerThatDoesNotReadStopsTheWriterUntilItReads() {
        Pair pair = connected();
        long written = 0;
        for (long permit = 1; permit > 0; ) {
            permit = value(pair.streams().output().checkWrite());
            value(pair.streams().output().write(new byte[(int) permit]));
            written += permit;
        }
        assertTrue(written <= 64 * 1024, "wrote " + written);
        assertFalse(pair.streams().output().subscribe().ready());
        value(pair.server().input().blockingRead(1 << 20));
        assertTrue(pair.streams().output().subscribe().ready());
    }

    @Test
    void droppingEverythingStillDeliversWhatWasWritten() throws IOException {
        Pair pair = connected();
        value(pair.streams().output().write(new byte[1000]));
        pair.streams().output().close();
        pair.streams().input().close();
        pair.client().close();
        assertEquals(1000, readAll(pair.server().input()).length);
        // who has gone is found out by a write, and told by the next one
        value(pair.server().output().blockingFlush());
        value(pair.server().output().write(new byte[1]));
        assertInstanceOf(StreamError.Closed.class, error(pair.server().output().checkWrite()));
    }

    /** A peer that answers and goes before the request's writer has seen its own flush through. */
    @Test
    void aPeerThatHasReadEverythingAndGoneIsNoFailureOfAFlush() throws IOException {
        Pair pair = connected();
        value(pair.streams().output().write(new byte[10]));
        value(pair.server().input().blockingRead(10));
        value(pair.server().output().write(new byte[20]));
        pair.server().output().close();
        pair.server().input().close();
        pair.server().socket().close();
        value(pair.streams().output().blockingFlush());
        assertEquals(20, readAll(pair.streams().input()).length);
    }

    @Test
    void whereNobodyListensIsRefused() throws IOException {
        assertEquals(ErrorCode.CONNECTION_REFUSED, failed(connecting(client, PORT_80)));
        TcpSocket listener = listener(PORT_80, 1);
        listener.close();
        assertEquals(ErrorCode.CONNECTION_REFUSED, failed(connecting(client, PORT_80)));
        assertEquals(ErrorCode.CONNECTION_REFUSED, failed(connecting(client, address("127.0.0.2", 80))));
    }

    @Test
    void aPortHasOneOwnerAndIsFreeAgainAfterIt() throws IOException {
        TcpSocket listener = listener(PORT_80, 1);
        assertEquals(ErrorCode.ADDRESS_IN_USE, error(tcp(client).startBind(NETWORK, PORT_80)));
        assertEquals(ErrorCode.ADDRESS_IN_USE, error(tcp(client).startBind(NETWORK, address("0.0.0.0", 80))));
        listener.close();
        value(tcp(client).startBind(NETWORK, PORT_80));
        assertEquals(ErrorCode.ADDRESS_NOT_BINDABLE, error(tcp(client).startBind(NETWORK, address("127.0.0.2", 0))));
    }

    @Test
    void ephemeralPortsDiffer() {
        TcpSocket one = tcp(client);
        TcpSocket two = tcp(server);
        value(one.startBind(NETWORK, address("127.0.0.1", 0)));
        value(two.startBind(NETWORK, address("127.0.0.1", 0)));
        assertFalse(value(one.localAddress()).equals(value(two.localAddress())));
    }

    @Test
    void connectionsBeyondTheBacklogWaitForTheirTurn() {
        TcpSocket listener = listener(PORT_80, 1);
        TcpSocket first = connecting(client, PORT_80);
        TcpSocket second = connecting(client, PORT_80);
        finished(first);
        assertEquals(ErrorCode.WOULD_BLOCK, error(second.finishConnect()));
        value(listener.accept());
        finished(second);
        value(listener.accept());
        assertEquals(ErrorCode.WOULD_BLOCK, error(listener.accept()));
    }

    @Test
    void aClientThatGivesUpLeavesTheQueue() throws IOException {
        TcpSocket listener = listener(PORT_80, 1);
        finished(connecting(client, PORT_80));
        TcpSocket waiting = connecting(client, PORT_80);
        waiting.close();
        value(listener.accept());
        assertEquals(ErrorCode.WOULD_BLOCK, error(listener.accept()));
    }

    @Test
    void connectionsOfALoopbackAreBoundedUntilBothEndsAreClosed() throws IOException {
        TcpSocket listener = listener(PORT_80, 128);
        List<TcpSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sockets.add(connecting(client, PORT_80));
        }
        assertEquals(ErrorCode.NEW_SOCKET_LIMIT, error(tcp(client).startConnect(NETWORK, PORT_80)));
        assertTrue(told.getFirst().contains("more than 4 connections"), told::toString);
        TcpSocket.Streams streams = finished(sockets.getFirst());
        TcpSocket.Accepted accepted = value(listener.accept());
        for (AutoCloseable end : List.<AutoCloseable>of(streams.input(), streams.output(), sockets.getFirst())) {
            closed(end);
        }
        assertEquals(
                ErrorCode.NEW_SOCKET_LIMIT, error(tcp(client).startConnect(NETWORK, PORT_80)), "the server's end is open");
        for (AutoCloseable end : List.<AutoCloseable>of(accepted.input(), accepted.output(), accepted.socket())) {
            closed(end);
        }
        finished(connecting(client, PORT_80));
    }

    private static void closed(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anInstanceThatEndsClosesItsEnds() throws IOException {
        Pair pair = connected();
        TcpSocket waiting = connecting(client, PORT_80);
        value(pair.server().output().write(new byte[] {7}));
        serverThings.close();
        assertArrayEquals(new byte[] {7}, readAll(pair.streams().input()));
        assertEquals(0, readAll(finished(waiting).input()).length);
        assertEquals(ErrorCode.CONNECTION_REFUSED, failed(connecting(client, PORT_80)));
    }

    @Test
    void aClosedLoopbackEndsAllAndStaysClosed() {
        Pair pair = connected();
        loopback.close();
        assertEquals(0, readAll(pair.server().input()).length);
        pair.listener().subscribe().block();
        assertEquals(ErrorCode.CONNECTION_ABORTED, error(pair.listener().accept()));
        assertEquals(ErrorCode.ADDRESS_NOT_BINDABLE, error(tcp(client).startBind(NETWORK, ANY)));
        assertEquals(ErrorCode.ADDRESS_NOT_BINDABLE, error(tcp(client).startConnect(NETWORK, PORT_80)));
    }

    @Test
    void optionsAreRememberedThoughTheyHaveNoEffect() {
        TcpSocket socket = tcp(client);
        value(socket.setKeepAliveEnabled(true));
        value(socket.startBind(NETWORK, ANY));
        value(socket.finishBind());
        value(socket.setReceiveBufferSize(1000));
        assertTrue(value(socket.keepAliveEnabled()));
        assertEquals(1000, value(socket.receiveBufferSize()));
    }

    // Walls

    @Test
    void bindingAllAddressesIsNotSeenFromOutside() throws IOException {
        WasiGrants everything = grants.with(SocketGrant.EVERYTHING);
        TcpSocket socket = tcp(sockets(everything, serverThings));
        value(socket.startBind(NETWORK, ANY));
        value(socket.finishBind());
        value(socket.startListen());
        value(socket.finishListen());
        int port = port(value(socket.localAddress()));
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.ofLiteral("127.0.0.1"), port).close());
        finished(connecting(client, address("127.0.0.1", port)));
    }

    @Test
    void anotherWorkloadReachesNothing() {
        listener(PORT_80, 1);
        try (VirtualLoopback other = new VirtualLoopback()) {
            Sockets stranger = sockets(WasiGrants.NONE.with(other), clientThings);
            assertEquals(ErrorCode.CONNECTION_REFUSED, failed(connecting(stranger, PORT_80)));
        }
    }

    @Test
    void theHostsLoopbackIsReachedByGrantedPortsOnly() throws IOException {
        try (ServerSocket real = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            IpSocketAddress target = address("127.0.0.1", real.getLocalPort());
            assertEquals(
                    ErrorCode.CONNECTION_REFUSED,
                    failed(connecting(sockets(grants.with(SocketGrant.EVERYTHING), clientThings), target)));
            SocketGrant port = SocketGrant.hostLoopback(Integer.toString(real.getLocalPort()));
            finished(connecting(sockets(grants.with(port), clientThings), target));
        }
    }

    @Test
    void otherAddressesNeedTheirGrants() {
        assertEquals(
                ErrorCode.ACCESS_DENIED, error(tcp(client).startConnect(NETWORK, address("169.254.169.254", 80))));
        assertEquals(ErrorCode.ACCESS_DENIED, error(tcp(client).startBind(NETWORK, address("192.0.2.1", 80))));
    }

    @Test
    void aSocketOfTheLoopbackStaysThere() {
        Sockets everywhere = sockets(grants.with(SocketGrant.EVERYTHING), clientThings);
        TcpSocket socket = tcp(everywhere);
        value(socket.startBind(NETWORK, ANY));
        value(socket.finishBind());
        assertEquals(ErrorCode.REMOTE_UNREACHABLE, error(socket.startConnect(NETWORK, address("192.0.2.1", 80))));
    }

    @Test
    void localhostIsKnownWithoutAGrant() {
        ResolveAddressStream names = value(client.resolveAddresses(NETWORK, "LOCALHOST"));
        assertEquals(
                Optional.of(IpAddress.of(InetAddress.ofLiteral("127.0.0.1"))), value(names.resolveNextAddress()));
        assertEquals(Optional.of(IpAddress.of(InetAddress.ofLiteral("::1"))), value(names.resolveNextAddress()));
        assertEquals(Optional.empty(), value(names.resolveNextAddress()));
        assertEquals(ErrorCode.PERMANENT_RESOLVER_FAILURE, error(client.resolveAddresses(NETWORK, "localhost.org")));
    }

    @Test
    void anAttemptToBindThatFailedDecidesNothing() {
        TcpSocket socket = tcp(sockets(grants.with(SocketGrant.EVERYTHING), clientThings));
        assertEquals(ErrorCode.ADDRESS_NOT_BINDABLE, error(socket.startBind(NETWORK, address("192.0.2.1", 0))));
        value(socket.startBind(NETWORK, ANY));
    }

    // UDP

    private static UdpSocket udp(Sockets sockets, IpSocketAddress at) {
        UdpSocket socket = value(sockets.createUdpSocket(IpAddressFamily.IPV4));
        value(socket.startBind(NETWORK, at));
        value(socket.finishBind());
        return socket;
    }

    private static Result<Long, ErrorCode> send(UdpSocket.Streams from, byte[] data, IpSocketAddress to) {
        from.outgoing().subscribe().block();
        value(from.outgoing().checkSend());
        return from.outgoing().send(List.of(new OutgoingDatagramStream.Datagram(data, Optional.of(to))));
    }

    @Test
    void datagramsKeepTheirBoundsAndSender() throws IOException {
        UdpSocket.Streams to = value(udp(server, address("127.0.0.1", 53)).stream(Optional.empty()));
        UdpSocket from = udp(client, ANY);
        UdpSocket.Streams sending = value(from.stream(Optional.empty()));
        send(sending, "a".getBytes(), address("127.0.0.1", 53));
        send(sending, new byte[0], address("127.0.0.1", 53));
        to.incoming().subscribe().block();
        List<IncomingDatagramStream.Datagram> got = value(to.incoming().receive(10));
        assertEquals(List.of(1, 0), got.stream().map(datagram -> datagram.data().length).toList());
        assertEquals(address("127.0.0.1", port(value(from.localAddress()))), got.getFirst().remoteAddress());
    }

    @Test
    void datagramsThatFindNoRoomOrNobodyAreLost() {
        UdpSocket.Streams to = value(udp(server, address("127.0.0.1", 53)).stream(Optional.empty()));
        UdpSocket.Streams from = value(udp(client, ANY).stream(Optional.empty()));
        for (int i = 0; i < 1000; i++) {
            assertEquals(1, value(send(from, new byte[60_000], address("127.0.0.1", 53))));
        }
        assertEquals(1, value(send(from, new byte[1], address("127.0.0.1", 54))));
        int received = 0;
        for (int got = 1; got > 0; received += got) {
            got = value(to.incoming().receive(16)).size();
        }
        assertTrue(received >= 1 && received * 60_000 <= 256 * 1024, "received " + received);
        assertEquals(0, loopback.datagramBytes().used());
    }

    @Test
    void datagramsOfAllSocketsTogetherAreBounded() throws IOException {
        UdpSocket.Streams from = value(udp(client, ANY).stream(Optional.empty()));
        for (int port = 1; port <= 100; port++) {
            udp(server, address("127.0.0.1", port));
            for (int i = 0; i < 4; i++) {
                send(from, new byte[60_000], address("127.0.0.1", port));
            }
        }
        long held = loopback.datagramBytes().used();
        assertTrue(held > 4_000_000 && held <= loopback.datagramBytes().max(), "holds " + held);
        serverThings.close();
        assertEquals(0, loopback.datagramBytes().used());
    }

    @Test
    void aConnectedSocketHearsItsPeerOnly() {
        UdpSocket one = udp(server, address("127.0.0.1", 1));
        value(one.stream(Optional.empty()));
        UdpSocket two = udp(server, address("127.0.0.1", 2));
        UdpSocket.Streams to = value(udp(client, address("127.0.0.1", 3)).stream(Optional.of(value(two.localAddress()))));
        send(value(udp(server, address("127.0.0.1", 4)).stream(Optional.empty())), new byte[] {1}, address("127.0.0.1", 3));
        send(value(two.stream(Optional.empty())), new byte[] {2}, address("127.0.0.1", 3));
        List<IncomingDatagramStream.Datagram> got = value(to.incoming().receive(10));
        assertEquals(1, got.size());
        assertArrayEquals(new byte[] {2}, got.getFirst().data());
    }

    @Test
    void aSocketBoundToAllAddressesReachesTheOutsideWhereGrantedAndHearsNobodyElseThere() throws IOException {
        try (DatagramSocket real = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
                DatagramSocket stranger = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            SocketGrant port = SocketGrant.hostLoopback(real.getLocalPort() + "/udp");
            UdpSocket.Streams streams = value(udp(sockets(grants.with(port), clientThings), ANY).stream(Optional.empty()));
            assertEquals(1, value(send(streams, new byte[] {1}, address("127.0.0.1", real.getLocalPort()))));
            DatagramPacket packet = new DatagramPacket(new byte[10], 10);
            real.receive(packet);
            stranger.send(new DatagramPacket(new byte[] {6}, 1, packet.getSocketAddress()));
            real.send(new DatagramPacket(new byte[] {2}, 1, packet.getSocketAddress()));
            streams.incoming().subscribe().block();
            List<IncomingDatagramStream.Datagram> got = value(streams.incoming().receive(10));
            assertEquals(1, got.size());
            assertArrayEquals(new byte[] {2}, got.getFirst().data());
            assertEquals(
                    ErrorCode.ACCESS_DENIED, error(send(streams, new byte[1], address("192.0.2.1", 53))));
        }
    }

    @Test
    void aSocketBoundToTheLoopbackAddressReachesNothingElse() {
        Sockets everywhere = sockets(grants.with(SocketGrant.EVERYTHING), clientThings);
        UdpSocket.Streams streams = value(udp(everywhere, address("127.0.0.1", 0)).stream(Optional.empty()));
        assertEquals(ErrorCode.REMOTE_UNREACHABLE, error(send(streams, new byte[1], address("192.0.2.1", 53))));
    }
}
