package dev.virga.wasi.sockets;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** {@code wasi:sockets/network.ip-address}. */
public sealed interface IpAddress {

    /** {@code ipv4}. */
    record Ipv4(Octets address) implements IpAddress {}

    /** {@code ipv6}. */
    record Ipv6(Segments address) implements IpAddress {}

    /** {@code ipv4-address}. */
    record Octets(byte a, byte b, byte c, byte d) {

        static Octets of(InetAddress address) {
            byte[] bytes = address.getAddress();
            return new Octets(bytes[0], bytes[1], bytes[2], bytes[3]);
        }

        InetAddress toJava() {
            try {
                return InetAddress.getByAddress(new byte[] {a, b, c, d});
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four bytes are an IPv4 address", e);
            }
        }
    }

    /** {@code ipv6-address}. */
    record Segments(short a, short b, short c, short d, short e, short f, short g, short h) {

        static Segments of(InetAddress address) {
            ByteBuffer buffer = ByteBuffer.wrap(address.getAddress());
            return new Segments(
                    buffer.getShort(), buffer.getShort(), buffer.getShort(), buffer.getShort(),
                    buffer.getShort(), buffer.getShort(), buffer.getShort(), buffer.getShort());
        }

        /** @param scope 0 for none */
        InetAddress toJava(int scope) {
            byte[] bytes = ByteBuffer.allocate(16)
                    .putShort(a).putShort(b).putShort(c).putShort(d)
                    .putShort(e).putShort(f).putShort(g).putShort(h)
                    .array();
            try {
                return scope == 0
                        ? Inet6Address.getByAddress(null, bytes, null)
                        : Inet6Address.getByAddress(null, bytes, scope);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("sixteen bytes are an IPv6 address", e);
            }
        }

        /** Whether it stands for an IPv4 address: {@code ::ffff:a.b.c.d}, or the deprecated {@code ::a.b.c.d}. */
        boolean embedsIpv4() {
            boolean zeroes = (a | b | c | d | e) == 0;
            boolean small = f == 0 && g == 0 && (h == 0 || h == 1); // :: and ::1 are IPv6's own
            return zeroes && (f == -1 || f == 0 && !small);
        }
    }

    static IpAddress of(InetAddress address) {
        return switch (IpAddressFamily.of(address)) {
            case IPV4 -> new Ipv4(Octets.of(address));
            case IPV6 -> new Ipv6(Segments.of(address));
        };
    }
}
