package dev.virga.wasi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * IP addresses that share their first bits. An IPv4 address in its IPv6 form ({@code
 * ::ffff:127.0.0.1}) counts as the IPv4 address, so that neither form slips past a grant.
 *
 * @param address the lowest of them
 * @param bits how many leading bits they share
 */
public record AddressRange(InetAddress address, int bits) implements HostPattern {

    public AddressRange {
        int width = address.getAddress().length * 8;
        if (bits < 0 || bits > width) {
            throw new WasiException.BadGrant("/" + bits + " does not fit " + address.getHostAddress() + ": 0 to " + width);
        }
        address = masked(address, bits);
    }

    /** Understands {@code 10.0.0.0/8}, {@code fd00::/8} and single addresses; never asks a name server. */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash), text);
        if (slash < 0) {
            return new AddressRange(address, address.getAddress().length * 8);
        }
        try {
            return new AddressRange(address, Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw notARange(text);
        }
    }

    public boolean contains(InetAddress other) {
        InetAddress plain = unmapped(other.getAddress());
        return plain.getAddress().length == address.getAddress().length && masked(plain, bits).equals(address);
    }

    private static InetAddress literal(String text, String whole) {
        try {
            return unmapped(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException e) {
            throw notARange(whole);
        }
    }

    private static WasiException.BadGrant notARange(String text) {
        return new WasiException.BadGrant("'" + text + "' is no range of addresses: write 10.0.0.0/8 or fd00::/8");
    }

    private static InetAddress masked(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(bits - i * 8L, 0, 8);
            bytes[i] = (byte) (bytes[i] & 0xff << 8 - kept);
        }
        return unmapped(bytes);
    }

    /** Without its scope; the JDK itself turns the mapped form into IPv4. */
    private static InetAddress unmapped(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + Arrays.toString(bytes), e);
        }
    }

    @Override
    public String toString() {
        return address.getHostAddress() + (bits == address.getAddress().length * 8 ? "" : "/" + bits);
    }
}
