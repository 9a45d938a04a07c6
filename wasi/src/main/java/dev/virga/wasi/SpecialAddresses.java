package dev.virga.wasi;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses that are not the public internet (the special-purpose registries of RFC 6890): the host
 * itself, private networks, link-local ones with the clouds' metadata services, multicast.
 */
public final class SpecialAddresses {

    private static final List<AddressRange> SPECIAL = Stream.of(
                    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
                    "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "::/96", "::ffff:0:0:0/96",
                    "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16",
                    "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
                    "168.63.129.16") // Azure's own, though it looks public
            .map(AddressRange::parse)
            .toList();

    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

    private SpecialAddresses() {}

    /** Whatever form the address is written in. */
    public static boolean contain(InetAddress address) {
        InetAddress plain = plain(address);
        return SPECIAL.stream().anyMatch(range -> range.contains(plain));
    }

    /** Whether packets to it stay on the host. */
    static boolean local(InetAddress address) {
        InetAddress plain = plain(address);
        return plain.isLoopbackAddress() || plain.isAnyLocalAddress();
    }

    /** The IPv4 address inside an IPv6 one, or the address itself. Java unwraps mapped ones already. */
    static InetAddress plain(InetAddress address) {
        int start = address instanceof Inet4Address
                ? -1
                : NAT64.contains(address) ? 12 : SIX_TO_FOUR.contains(address) ? 2 : -1;
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
