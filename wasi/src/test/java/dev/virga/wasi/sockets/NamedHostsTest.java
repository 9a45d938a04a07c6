package dev.virga.wasi.sockets;

import static dev.virga.wasi.io.Results.error;
import static dev.virga.wasi.io.Results.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.wasi.Await;
import dev.virga.wasi.CapabilityListener;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.HostGrant;
import dev.virga.wasi.NamePattern;
import dev.virga.wasi.NetworkQuota;
import dev.virga.wasi.OpenThings;
import dev.virga.wasi.Quota;
import dev.virga.wasi.SocketGrant;
import dev.virga.wasi.TestNames;
import dev.virga.wasi.WasiGrants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sockets to hosts that are granted by name, and what a workload's instances may have together. */
@Timeout(30)
class NamedHostsTest {

    private static final Network NETWORK = new Network();

    private final OpenThings things = new OpenThings(100);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final NetworkQuota quota = new NetworkQuota(new Quota(1), new Quota(1));
    private final Sockets sockets = sockets(WasiGrants.NONE
            .with(HostGrant.parse("*.test:443"))
            .withNameLookup(new NamePattern("*.test")));

    private Sockets sockets(WasiGrants grants) {
        CapabilityListener listener = new CapabilityListener() {
            @Override
            public void used(String kind, String target) {
                heard.add("used " + kind + " " + target);
            }

            @Override
            public void refused(String kind, String target) {
                heard.add("refused " + kind + " " + target);
            }
        };
        return new Sockets(grants, new Diagnostics(told::add, Optional.of(listener)), things, quota);
    }

    @AfterEach
    void close() throws IOException {
        things.close();
    }

    private static IpSocketAddress address(String host, int port) {
        return IpSocketAddress.of(new InetSocketAddress(InetAddress.ofLiteral(host), port));
    }

    private void resolve(String name) {
        ResolveAddressStream stream = value(sockets.resolveAddresses(NETWORK, name));
        stream.subscribe().block();
        assertTrue(value(stream.resolveNextAddress()).isPresent());
        stream.close();
    }

    private TcpSocket tcp() {
        return value(sockets.createTcpSocket(IpAddressFamily.IPV4));
    }

    @Test
    void anAddressIsReachedOnceItsNameWasResolved() throws IOException {
        assertEquals(ErrorCode.ACCESS_DENIED, error(tcp().startConnect(NETWORK, address("93.184.216.34", 443))));
        resolve("public.test");
        assertEquals(ErrorCode.ACCESS_DENIED, error(tcp().startConnect(NETWORK, address("93.184.216.34", 80))));
        assertEquals(ErrorCode.ACCESS_DENIED, error(tcp().startConnect(NETWORK, address("93.184.216.35", 443))));
        TcpSocket socket = tcp();
        value(socket.startConnect(NETWORK, address("93.184.216.34", 443)));
        socket.close();
        assertTrue(heard.containsAll(List.of(
                "refused sockets tcp-connect tcp-connect@93.184.216.34:80",
                "used name lookup public.test",
                "used sockets tcp-connect 93.184.216.34:443")), heard::toString);
    }

    @Test
    void whoeverOwnsANameCannotPointItIntoTheHostsNetwork() {
        for (String name : List.of("loopback.test", "metadata.test", "mixed.test")) {
            resolve(name);
        }
        for (String inside : List.of("127.0.0.1", "169.254.169.254", "10.0.0.1")) {
            assertEquals(ErrorCode.ACCESS_DENIED, error(tcp().startConnect(NETWORK, address(inside, 443))), inside);
        }
    }

    @Test
    void namesOutsideTheListAreNotResolved() {
        assertEquals(ErrorCode.PERMANENT_RESOLVER_FAILURE, error(sockets.resolveAddresses(NETWORK, "example.com")));
        assertEquals(ErrorCode.PERMANENT_RESOLVER_FAILURE, error(sockets.resolveAddresses(NETWORK, "test")));
        assertTrue(told.getFirst().contains("-S allow-ip-name-lookup=NAME"), told::toString);
    }

    @Test
    void lookUpsUnderWayAreBounded() {
        ResolveAddressStream slow = value(sockets.resolveAddresses(NETWORK, "slow.test"));
        slow.close(); // the resolver works on
        ResolveAddressStream next = value(sockets.resolveAddresses(NETWORK, "public.test"));
        assertEquals(ErrorCode.TEMPORARY_RESOLVER_FAILURE, error(next.resolveNextAddress()));
        assertTrue(told.getFirst().contains("1 names are being resolved"), told::toString);
        TestNames.slowMayEnd();
        Await.until(() -> quota.lookups().used() == 0);
        resolve("public.test");
    }

    @Test
    void connectionsOfAllInstancesTogetherAreBounded() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            IpSocketAddress target = address("127.0.0.1", server.getLocalPort());
            WasiGrants everything = WasiGrants.NONE.with(SocketGrant.EVERYTHING);
            TcpSocket one = value(sockets(everything).createTcpSocket(IpAddressFamily.IPV4));
            value(one.startConnect(NETWORK, target));
            Sockets second = sockets(everything);
            TcpSocket two = value(second.createTcpSocket(IpAddressFamily.IPV4));
            assertEquals(ErrorCode.NEW_SOCKET_LIMIT, error(two.startConnect(NETWORK, target)));
            assertTrue(told.getFirst().startsWith("connection limit refused: more than 1 connections"), told::toString);
            one.close();
            value(two.startConnect(NETWORK, target));
            two.subscribe().block();
            value(two.finishConnect());
            assertEquals(1, quota.connections().used());
            things.close();
            assertEquals(0, quota.connections().used());
        }
    }
}
