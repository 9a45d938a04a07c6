package dev.virga.wasi.sockets;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** {@code wasi:sockets/network.ip-socket-address}. */
public sealed interface IpSocketAddress {

    /** {@code ipv4}. */
    record Ipv4(Ipv4SocketAddress address) implements IpSocketAddress {}

    /** {@code ipv6}. */
    record Ipv6(Ipv6SocketAddress address) implements IpSocketAddress {}

    /** {@code ipv4-socket-address}. */
    record Ipv4SocketAddress(short port, IpAddress.Octets address) {}

    /** {@code ipv6-socket-address}. */
    record Ipv6SocketAddress(short port, int flowInfo, IpAddress.Segments address, int scopeId) {}

    static IpSocketAddress of(SocketAddress address) {
        InetSocketAddress inet = (InetSocketAddress) address;
        InetAddress host = inet.getAddress();
        short port = (short) inet.getPort();
        return switch (IpAddressFamily.of(host)) {
            case IPV4 -> new Ipv4(new Ipv4SocketAddress(port, IpAddress.Octets.of(host)));
            case IPV6 -> new Ipv6(new Ipv6SocketAddress(
                    port, 0, IpAddress.Segments.of(host), ((Inet6Address) host).getScopeId()));
        };
    }

    /** As an address for sockets of this family; IPv4 in disguise is no IPv6 address in WASI. */
    default InetSocketAddress toJava(IpAddressFamily family) throws IOException {
        return switch (this) {
            case Ipv4(Ipv4SocketAddress(short port, IpAddress.Octets address)) when family == IpAddressFamily.IPV4 ->
                new InetSocketAddress(address.toJava(), Short.toUnsignedInt(port));
            case Ipv6(Ipv6SocketAddress(short port, int _, IpAddress.Segments address, int scope))
                    when family == IpAddressFamily.IPV6 && !address.embedsIpv4() && scope >= 0 ->
                new InetSocketAddress(address.toJava(scope), Short.toUnsignedInt(port));
            default -> throw new ErrorCodeException(ErrorCode.INVALID_ARGUMENT);
        };
    }

    /** As an address that packets can be sent to. */
    default InetSocketAddress toRemote(IpAddressFamily family) throws IOException {
        InetSocketAddress address = toJava(family);
        if (address.getPort() == 0 || address.getAddress().isAnyLocalAddress()) {
            throw new ErrorCodeException(ErrorCode.INVALID_ARGUMENT);
        }
        return address;
    }

    /** Fails for multicast and broadcast addresses, which TCP does not know. */
    static InetSocketAddress unicast(InetSocketAddress address) throws IOException {
        byte[] bytes = address.getAddress().getAddress();
        boolean broadcast = bytes.length == 4 && (bytes[0] & bytes[1] & bytes[2] & bytes[3]) == -1;
        if (broadcast || address.getAddress().isMulticastAddress()) {
            throw new ErrorCodeException(ErrorCode.INVALID_ARGUMENT);
        }
        return address;
    }
}
