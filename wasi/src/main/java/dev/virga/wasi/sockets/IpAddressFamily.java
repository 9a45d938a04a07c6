package dev.virga.wasi.sockets;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;

/** {@code wasi:sockets/network.ip-address-family}. */
public enum IpAddressFamily {
    IPV4(StandardProtocolFamily.INET),
    IPV6(StandardProtocolFamily.INET6);

    private final StandardProtocolFamily protocol;

    IpAddressFamily(StandardProtocolFamily protocol) {
        this.protocol = protocol;
    }

    StandardProtocolFamily protocol() {
        return protocol;
    }

    static IpAddressFamily of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }
}
