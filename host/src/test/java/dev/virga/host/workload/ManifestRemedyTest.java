package dev.virga.host.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.wasi.MissingGrant;
import dev.virga.wasi.SocketUse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestRemedyTest {

    private static final String RESOURCES = "add to localResources of api in the manifest: ";

    private static void says(String remedy, MissingGrant missing) {
        assertEquals(remedy, ManifestRemedy.of(missing, "api"));
    }

    private static MissingGrant http(String scheme, String host, int port) {
        return new MissingGrant.Http(scheme, host, port, Optional.empty());
    }

    private static MissingGrant socket(SocketUse use, String ip, int port) {
        return new MissingGrant.Socket(use, new InetSocketAddress(InetAddress.ofLiteral(ip), port));
    }

    @Test
    void aHostIsNamedWithSchemeAndPort() {
        says(RESOURCES + "allowedHosts: [\"https://api.example.com\"]", http("https", "api.example.com", 443));
        says(RESOURCES + "allowedHosts: [\"http://api.example.com:81\"]", http("http", "api.example.com", 81));
        says(RESOURCES + "allowedHosts: [\"tcp://93.184.216.34:25\"]", socket(SocketUse.TCP_CONNECT, "93.184.216.34", 25));
        says(RESOURCES + "allowedIpNameLookups: [\"db.example.com\"]", new MissingGrant.NameLookup("db.example.com"));
    }

    @Test
    void anAddressThatIsNotPublicIsARange() {
        String private1 = "add to virga.egress in the manifest: addresses: [{cidr: \"10.1.2.3/32\", ports: [80]}];"
                + " allowedHosts has to have an entry, too";
        says(private1, http("http", "10.1.2.3", 80));
        says(private1, new MissingGrant.Http("http", "in.example.com", 80, Optional.of(InetAddress.ofLiteral("10.1.2.3"))));
        says(private1.replace("80", "5432"), socket(SocketUse.TCP_CONNECT, "10.1.2.3", 5432));
    }

    @Test
    void theMachinesLoopbackIsAPort() {
        String port = ", if the host opens its loopback with --allow-host-loopback";
        says(RESOURCES + "allowedHostLoopbackPorts: [\"5432\"]" + port, socket(SocketUse.TCP_CONNECT, "127.0.0.1", 5432));
        says(RESOURCES + "allowedHostLoopbackPorts: [\"8081\"]" + port, new MissingGrant.HostLoopback(8081));
        says(RESOURCES + "allowedHostLoopbackPorts: [\"53/udp\"]" + port, socket(SocketUse.UDP_SEND, "::1", 53));
    }

    @Test
    void toBindIsFreeOnTheWorkloadsOwnLoopback() {
        says("a workload binds on its own loopback: bind 127.0.0.1 or 0.0.0.0", socket(SocketUse.TCP_BIND, "192.0.2.1", 80));
    }
}
