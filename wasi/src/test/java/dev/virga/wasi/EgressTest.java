package dev.virga.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.wasi.sockets.VirtualLoopback;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private static Egress granting(String... hosts) {
        WasiGrants grants = WasiGrants.NONE;
        for (String host : hosts) {
            grants = grants.with(HostGrant.parse(host));
        }
        return new Egress(grants);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, 93.184.216.34, 443, true",
        "example.com, EXAMPLE.com, 93.184.216.34, 80, true",
        "example.com, example.com, 10.0.0.1, 443, false",
        "example.com, example.com, 169.254.169.254, 80, false",
        "example.com, example.com, fd00:ec2::254, 80, false",
        "example.com, evil.com, 93.184.216.34, 443, false",
        "example.com:443, example.com, 93.184.216.34, 80, false",
        "*.example.com, a.example.com, 93.184.216.34, 80, true",
        "*.example.com, example.com, 93.184.216.34, 80, false",
        "*.example.com, evilexample.com, 93.184.216.34, 80, false",
        "*, anything.org, 93.184.216.34, 80, true",
        "*, localhost, 127.0.0.1, 80, false",
        "*, anything.org, 192.168.1.1, 80, false",
        "*, anything.org, 64:ff9b::a00:1, 80, false",
        "*, anything.org, 2002:a00:1::, 80, false",
        "localhost, localhost, 127.0.0.1, 80, true",
        "localhost, localhost, 10.0.0.1, 80, false",
        "10.0.0.0/8, db.internal, 10.1.2.3, 80, true",
        "10.0.0.0/8:5432, db.internal, 10.1.2.3, 80, false",
        "10.0.0.0/8, db.internal, 11.1.2.3, 80, false",
        "[::1]:80, anything.org, ::1, 80, true",
        "127.0.0.1, anything.org, 127.0.0.1, 80, true",
        "https://example.com, example.com, 93.184.216.34, 80, false",
        "http://example.com:8080, example.com, 93.184.216.34, 8080, true",
        "tcp://example.com, example.com, 93.184.216.34, 80, false",
        "EXAMPLE.com, example.com., 93.184.216.34, 80, true",
        "[2000::/3], anything.org, 2002:a00:1::, 80, false",
        "[2000::/3], anything.org, 2606:4700::1111, 80, true",
        "10.0.0.0/8, anything.org, 64:ff9b::a00:1, 80, true",
    })
    void aGrantReachesWhatItSays(String grant, String host, String address, int port, boolean reached) {
        Egress egress = granting(grant);
        assertEquals(
                reached,
                egress.mayAsk(Protocol.HTTP, host, port) && egress.mayRequest(Protocol.HTTP, host, at(address, port)));
    }

    /** The same for both, since whoever may not be asked by HTTP may not be reached by a socket either. */
    @ParameterizedTest
    @ValueSource(strings = {
        "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "168.63.129.16",
        "169.254.169.254", "172.31.0.1", "192.0.0.192", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001::1", "2001:db8::1", "fc00::1",
        "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1"
    })
    void namesDoNotLeadToSpecialAddresses(String address) {
        Egress egress = granting("*", "evil.example");
        assertFalse(egress.mayRequest(Protocol.HTTPS, "evil.example", at(address, 443)));
        assertFalse(egress.mayUse(SocketUse.TCP_CONNECT, List.of("evil.example"), at(address, 443)));
        assertFalse(egress.mayUse(SocketUse.UDP_SEND, List.of("evil.example"), at(address, 443)));
    }

    @Test
    void socketsReachTheAddressesOfNamesThatWereResolved() {
        Egress egress = granting("db.example.com:5432", "udp://*.example.org");
        List<String> resolved = List.of("other.example.com", "DB.example.com");
        assertTrue(egress.mayUse(SocketUse.TCP_CONNECT, resolved, at("93.184.216.34", 5432)));
        assertFalse(egress.mayUse(SocketUse.TCP_CONNECT, resolved, at("93.184.216.34", 80)));
        assertFalse(egress.mayUse(SocketUse.TCP_CONNECT, List.of(), at("93.184.216.34", 5432)));
        assertFalse(egress.mayUse(SocketUse.TCP_BIND, resolved, at("93.184.216.34", 5432)));
        assertTrue(egress.mayUse(SocketUse.UDP_SEND, List.of("a.example.org"), at("93.184.216.34", 53)));
        assertFalse(egress.mayUse(SocketUse.TCP_CONNECT, List.of("a.example.org"), at("93.184.216.34", 53)));
        assertTrue(granting("*").mayUse(SocketUse.TCP_CONNECT, List.of(), at("93.184.216.34", 1)));
        assertTrue(granting("10.0.0.0/8:5432").mayUse(SocketUse.TCP_CONNECT, List.of(), at("10.1.1.1", 5432)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "2002:7f00:1::", "64:ff9b::7f00:1"})
    void withALoopbackOfItsOwnAWorkloadReachesThatOfTheHostByGrantedPortsOnly(String address) {
        try (VirtualLoopback own = new VirtualLoopback()) {
            WasiGrants all = WasiGrants.NONE
                    .with(own)
                    .with(SocketGrant.EVERYTHING)
                    .with(HostGrant.parse("localhost"))
                    .with(HostGrant.parse("127.0.0.0/8"))
                    .with(HostGrant.parse("[::/0]"));
            Egress egress = new Egress(all);
            for (SocketUse use : SocketUse.values()) {
                assertFalse(egress.mayUse(use, List.of("localhost"), at(address, 5432)));
            }
            assertFalse(egress.mayRequest(Protocol.HTTP, "localhost", at(address, 5432)));
        }
    }

    @Test
    void aPortOfTheHostsLoopbackIsGrantedForOneUse() {
        try (VirtualLoopback own = new VirtualLoopback()) {
            Egress egress = new Egress(WasiGrants.NONE
                    .with(own)
                    .with(SocketGrant.hostLoopback("5432"))
                    .with(SocketGrant.hostLoopback("53/udp")));
            assertTrue(egress.mayUse(SocketUse.TCP_CONNECT, List.of(), at("127.0.0.1", 5432)));
            assertTrue(egress.mayUse(SocketUse.TCP_CONNECT, List.of(), at("::1", 5432)));
            assertTrue(egress.mayUse(SocketUse.UDP_SEND, List.of(), at("127.0.0.1", 53)));
            assertTrue(egress.mayAsk(Protocol.HTTP, "localhost", 5432));
            assertTrue(egress.mayRequest(Protocol.HTTP, "localhost", at("127.0.0.1", 5432)));
            assertFalse(egress.mayUse(SocketUse.TCP_BIND, List.of(), at("127.0.0.1", 5432)));
            assertFalse(egress.mayUse(SocketUse.UDP_SEND, List.of(), at("127.0.0.1", 5432)));
            assertFalse(egress.mayUse(SocketUse.TCP_CONNECT, List.of(), at("127.0.0.1", 53)));
        }
    }
}
