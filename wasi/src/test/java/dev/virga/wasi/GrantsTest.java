package dev.virga.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantsTest {

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @Test
    void nothingIsGrantedByDefaultAndGrantsAreValues() {
        assertEquals("nothing", WasiGrants.NONE.toString());
        WasiGrants more = WasiGrants.NONE.withVariable("TOKEN", "hidden").with(Preopen.parse("/srv::/data::ro"));
        assertEquals("nothing", WasiGrants.NONE.toString());
        assertEquals("environment: TOKEN; directory: /srv as /data (read-only)", more.toString());
        assertEquals(more, WasiGrants.NONE.withVariable("TOKEN", "hidden").with(Preopen.parse("/srv::/data::ro")));
    }

    @Test
    void directoriesAreUnderstood() {
        assertEquals(new Preopen(Path.of("a"), "a", Preopen.Access.READ_WRITE), Preopen.parse("a"));
        assertEquals(new Preopen(Path.of("a"), "a", Preopen.Access.READ_ONLY), Preopen.parse("a::ro"));
        assertEquals(new Preopen(Path.of("a"), "/b", Preopen.Access.READ_WRITE), Preopen.parse("a::/b"));
        assertEquals(new Preopen(Path.of("a"), "/b", Preopen.Access.READ_ONLY), Preopen.parse("a::/b::ro"));
        for (String bad : List.of("", "::b", "a::", "a::b::c", "a::b::c::ro", "\0")) {
            assertThrows(WasiException.BadGrant.class, () -> Preopen.parse(bad), bad);
        }
    }

    @Test
    void socketGrantsMatchUseAddressAndPort() {
        SocketGrant grant = SocketGrant.parse("tcp-connect,udp-send@10.0.0.0/8:5000-5010");
        assertTrue(grant.allows(SocketUse.TCP_CONNECT, at("10.255.0.1", 5000)));
        assertTrue(grant.allows(SocketUse.UDP_SEND, at("10.0.0.0", 5010)));
        assertFalse(grant.allows(SocketUse.TCP_BIND, at("10.0.0.1", 5000)));
        assertFalse(grant.allows(SocketUse.TCP_CONNECT, at("11.0.0.1", 5000)));
        assertFalse(grant.allows(SocketUse.TCP_CONNECT, at("10.0.0.1", 5011)));
        assertFalse(grant.allows(SocketUse.TCP_CONNECT, at("fd00::1", 5000)));
        assertTrue(SocketGrant.parse("[::1]:80").allows(SocketUse.TCP_BIND, at("::1", 80)));
        assertFalse(SocketGrant.parse("[::1]:80").allows(SocketUse.TCP_BIND, at("::2", 80)));
        assertTrue(SocketGrant.parse("[fd00::/8]").allows(SocketUse.TCP_BIND, at("fdff::1", 1)));
        assertTrue(SocketGrant.parse("*:53").allows(SocketUse.UDP_SEND, at("2001:db8::1", 53)));
        assertTrue(SocketGrant.EVERYTHING.allows(SocketUse.UDP_BIND, at("0.0.0.0", 0)));
    }

    @Test
    void printedSocketGrantsAreUnderstoodAgain() {
        for (String text : List.of(
                "tcp-connect@10.0.0.0/8:1-9", "tcp-connect,tcp-bind,udp-send,udp-bind@*:0-65535", "udp-bind@[fd00:0:0:0:0:0:0:0/8]:7")) {
            assertEquals(text, SocketGrant.parse(text).toString());
        }
    }

    @Test
    void badSocketGrantsAreErrors() {
        for (String bad : List.of(
                "", "tcp@*", "@*", "*:x", "*:9-1", "*:65536", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "example.com", "::1", "[::1", "*:")) {
            assertThrows(WasiException.BadGrant.class, () -> SocketGrant.parse(bad), bad);
        }
    }

    @Test
    void ipv4InsideIpv6CountsAsIpv4() {
        InetAddress mapped = InetAddress.ofLiteral("::ffff:127.0.0.1");
        assertTrue(AddressRange.parse("127.0.0.0/8").contains(mapped));
        assertFalse(AddressRange.parse("::/0").contains(mapped));
    }

    @Test
    void refusalsAreToldOncePerKindWithoutTheGuestsControlCharacters() {
        List<String> lines = new ArrayList<>();
        Diagnostics diagnostics = new Diagnostics(lines::add);
        diagnostics.refused("name lookup", "evil\u001b[2J\n\u202e" + "x".repeat(1000), "grant with --flag");
        diagnostics.refused("name lookup", "again", "grant with --flag");
        diagnostics.refused("sockets", "tcp", "grant with --other");
        assertEquals(2, lines.size());
        assertTrue(lines.getFirst().startsWith("name lookup refused: evil?[2J??xxx"), lines::toString);
        assertTrue(lines.getFirst().endsWith("(grant with --flag)") && lines.getFirst().length() < 300, lines::toString);
    }

    @Test
    void printedHostGrantsSayWhatTheyGrant() {
        for (String text : List.of("*", "example.com:443", "https://*.example.com", "10.0.0.0/8:5432", "[0:0:0:0:0:0:0:1]", "udp://[fd00:0:0:0:0:0:0:0/8]:53")) {
            assertEquals(text, HostGrant.parse(text).toString());
        }
        assertEquals("http|https://example.com", HostGrant.parseHttp("example.com").toString());
        assertEquals("https://example.com", HostGrant.parseHttp("https://example.com").toString());
        assertEquals("host: *; name lookup: *.org", describe(HostGrant.parse("*"), new NamePattern("*.org")));
    }

    private static String describe(HostGrant host, NamePattern names) {
        List<String> lines = new ArrayList<>(WasiGrants.NONE.with(host).withNameLookup(names).describe());
        lines.sort(null);
        return String.join("; ", lines);
    }

    @Test
    void badHostGrantsAreErrors() {
        for (String bad : List.of(
                "", "ftp://x", "a b", "x:99999", "*x.com", "10.0.0.0/33", "[::1", "300.1.1.1", "http://x/", "x.", "*.", "user@x")) {
            assertThrows(WasiException.BadGrant.class, () -> HostGrant.parse(bad), bad);
        }
        assertThrows(WasiException.BadGrant.class, () -> HostGrant.parseHttp("tcp://x"));
        WasiException.BadGrant unknown = assertThrows(WasiException.BadGrant.class, () -> HostGrant.parse("ftp://x"));
        assertTrue(unknown.getMessage().contains("http, https, tcp, udp"), unknown.getMessage());
    }

    @Test
    void namesMatchWholeLabelsInAnyCase() {
        assertTrue(new NamePattern("Example.com").matches("example.COM."));
        assertTrue(new NamePattern("*.example.com").matches("a.b.example.com"));
        assertFalse(new NamePattern("*.example.com").matches("example.com"));
        assertFalse(new NamePattern("*.example.com").matches("evilexample.com"));
        assertTrue(NamePattern.ANY.matches("anything"));
        for (String bad : List.of("", "*.", "a*", "a..b", "a/b", "*.*.a", "münchen.de")) {
            assertThrows(WasiException.BadGrant.class, () -> new NamePattern(bad), bad);
        }
    }

    @Test
    void portsOfTheHostsLoopbackAreUnderstood() {
        assertEquals("tcp-connect@127.0.0.1,[0:0:0:0:0:0:0:1]:5432", SocketGrant.hostLoopback("5432/tcp").toString());
        assertEquals("udp-send@127.0.0.1,[0:0:0:0:0:0:0:1]:53", SocketGrant.hostLoopback("53/udp").toString());
        for (String bad : List.of("", "0", "65536", "99999", "x", "53/sctp", "-1", "53/")) {
            assertThrows(WasiException.BadGrant.class, () -> SocketGrant.hostLoopback(bad), bad);
        }
    }

    @Test
    void aListenerHearsOfEveryRefusalAndUse() {
        List<String> heard = new ArrayList<>();
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
        Diagnostics diagnostics = new Diagnostics(_ -> {}, Optional.of(listener));
        diagnostics.refused("name lookup", "a\u001b", "grant it");
        diagnostics.refused("name lookup", "b", "grant it");
        diagnostics.used("directory", () -> "/data");
        assertEquals(List.of("refused name lookup a?", "refused name lookup b", "used directory /data"), heard);
        new Diagnostics(_ -> {}).used("directory", () -> {
            throw new AssertionError("nobody listens");
        });
    }

    @Test
    void aQuotaIsGivenBackOnce() {
        Quota quota = new Quota(2);
        Quota.Lease first = quota.take().orElseThrow();
        Quota.Lease second = quota.take().orElseThrow();
        assertTrue(quota.take().isEmpty());
        first.close();
        first.close();
        assertEquals(1, quota.used());
        assertTrue(quota.take(2).isEmpty());
        second.close();
        assertTrue(quota.take(2).isPresent());
    }
}
