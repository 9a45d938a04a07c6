package dev.virga.host.manifest;

import dev.virga.host.shape.Quoted;
import dev.virga.host.shape.Value;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of addresses.
 *
 * @param address the first of the range
 * @param prefix how many bits are fixed
 */
@Value(
        words = "a range of addresses: ADDRESS/BITS",
        pattern = "^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)/[0-9]{1,3}$",
        example = "10.1.0.0/16")
public record Cidr(InetAddress address, int prefix) {

    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        int prefix = Integer.parseInt(text.substring(slash + 1));
        InetAddress address = address(text.substring(0, slash));
        byte[] bytes = address.getAddress();
        if (prefix > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " has more than the " + bytes.length * Byte.SIZE + " bits of such an address");
        }
        Cidr range = new Cidr(first(bytes, prefix), prefix);
        if (!range.address.equals(address)) {
            throw new IllegalArgumentException(Quoted.of(text) + " does not begin its range; write " + range);
        }
        return range;
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Quoted.of(text) + " is not an address", e);
        }
    }

    private static InetAddress first(byte[] bytes, int prefix) {
        for (int bit = prefix; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(1 << Byte.SIZE - 1 - bit % Byte.SIZE);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
