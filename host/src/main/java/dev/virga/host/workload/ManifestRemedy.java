package dev.virga.host.workload;

import dev.virga.wasi.MissingGrant;
import dev.virga.wasi.SocketUse;
import dev.virga.wasi.SpecialAddresses;
import java.net.InetAddress;
import java.util.Optional;

/** The line of a manifest that grants what a component was refused. */
final class ManifestRemedy {

    private ManifestRemedy() {}

    static String of(MissingGrant missing, String component) {
        String resources = "add to localResources of " + component + " in the manifest: ";
        return switch (missing) {
            case MissingGrant.Http(String scheme, String host, int port, Optional<InetAddress> address) ->
                address.or(() -> literal(host))
                        .filter(SpecialAddresses::contain)
                        .map(special -> special(special, port + "", port, resources))
                        .orElse(resources + "allowedHosts: [\"" + scheme + "://" + host + port(scheme, port) + "\"]");
            case MissingGrant.HostLoopback(int port) -> hostLoopback(port + "", resources);
            case MissingGrant.Socket(SocketUse use, var address) when binds(use) ->
                "a workload binds on its own loopback: bind 127.0.0.1 or 0.0.0.0";
            case MissingGrant.Socket(SocketUse use, var address) -> {
                InetAddress ip = address.getAddress();
                String protocol = use == SocketUse.UDP_SEND ? "udp" : "tcp";
                String port = use == SocketUse.UDP_SEND ? address.getPort() + "/udp" : address.getPort() + "";
                yield SpecialAddresses.contain(ip) || isV6(ip)
                        ? special(ip, port, address.getPort(), resources)
                        : resources + "allowedHosts: [\"" + protocol + "://" + ip.getHostAddress() + ":"
                                + address.getPort() + "\"]";
            }
            case MissingGrant.AnySocket _ -> resources + "allowedHosts: [\"tcp://HOST:PORT\"]";
            case MissingGrant.NameLookup(String name) -> resources + "allowedIpNameLookups: [\"" + name + "\"]";
        };
    }

    private static boolean binds(SocketUse use) {
        return use == SocketUse.TCP_BIND || use == SocketUse.UDP_BIND;
    }

    private static boolean isV6(InetAddress ip) {
        return ip.getAddress().length == 16;
    }

    private static String special(InetAddress address, String loopbackPort, int port, String resources) {
        return address.isLoopbackAddress()
                ? hostLoopback(loopbackPort, resources)
                : "add to virga.egress in the manifest: addresses: [{cidr: \"" + address.getHostAddress() + "/"
                        + (isV6(address) ? 128 : 32) + "\", ports: [" + port + "]}]; allowedHosts has to have an entry, too";
    }

    private static String hostLoopback(String port, String resources) {
        return resources + "allowedHostLoopbackPorts: [\"" + port
                + "\"], if the host opens its loopback with --allow-host-loopback";
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String port(String scheme, int port) {
        return port == (scheme.equals("https") ? 443 : 80) ? "" : ":" + port;
    }
}
