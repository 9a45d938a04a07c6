package dev.virga.wasi.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Addresses that share their first bits, as {@code 10.0.0.0/8} says. */
record AddressRange(byte[] network, int bits) {

    /**
     * What is not the public internet (the special-purpose registries of RFC 6890): the host
     * itself, private networks, link-local ones with the clouds' metadata services, multicast.
     */
    private static final List<AddressRange> SPECIAL = List.of(
            parsed("0.0.0.0/8"), parsed("10.0.0.0/8"), parsed("100.64.0.0/10"), parsed("127.0.0.0/8"),
            parsed("169.254.0.0/16"), parsed("172.16.0.0/12"), parsed("192.0.0.0/24"), parsed("192.0.2.0/24"),
            parsed("192.88.99.0/24"), parsed("192.168.0.0/16"), parsed("198.18.0.0/15"), parsed("198.51.100.0/24"),
            parsed("203.0.113.0/24"), parsed("224.0.0.0/3"), parsed("::/96"), parsed("64:ff9b:1::/48"),
            parsed("100::/64"), parsed("2001::/23"), parsed("2001:db8::/32"), parsed("fc00::/7"), parsed("fe80::/10"),
            parsed("fec0::/10"), parsed("ff00::/8"));

    /** IPv6 addresses that hold an IPv4 address: where it starts in them. */
    private static final AddressRange NAT64 = parsed("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = parsed("2002::/16");

    private static AddressRange parsed(String text) {
        return of(text).orElseThrow();
    }

    /** A range or a single address; nothing that would need a look-up. */
    static Optional<AddressRange> of(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        boolean six = literal.indexOf(':') >= 0;
        if (!six && !literal.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return Optional.empty();
        }
        try {
            byte[] address = InetAddress.ofLiteral(literal).getAddress();
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
            boolean fits = bits >= 0 && bits <= address.length * 8;
            return fits ? Optional.of(new AddressRange(address, bits)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether an address is none of the public internet, whatever form it is written in. */
    static boolean special(InetAddress address) {
        InetAddress plain = plain(address);
        return SPECIAL.stream().anyMatch(range -> range.contains(plain));
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(bytes, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || (bytes[whole] ^ network[whole]) >> (8 - rest) == 0;
    }

    /** The IPv4 address inside an IPv6 one, or the address itself. Java unwraps mapped ones already. */
    static InetAddress plain(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address;
        }
        int start = NAT64.contains(address) ? 12 : SIX_TO_FOUR.contains(address) ? 2 : -1;
        if (start < 0) {
            return address;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), start, start + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
