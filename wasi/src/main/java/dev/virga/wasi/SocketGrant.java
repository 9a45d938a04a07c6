package dev.virga.wasi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Addresses that sockets may use.
 *
 * @param uses what for
 * @param addresses any of these
 * @param firstPort the lowest port; 0 is the one that a guest binds to let the system choose
 * @param lastPort the highest port
 */
public record SocketGrant(Set<SocketUse> uses, List<AddressRange> addresses, int firstPort, int lastPort) {

    private static final int MAX_PORT = 0xffff;
    private static final List<AddressRange> ANYWHERE =
            List.of(AddressRange.parse("0.0.0.0/0"), AddressRange.parse("::/0"));

    private static final List<AddressRange> LOOPBACK =
            List.of(AddressRange.parse("127.0.0.1"), AddressRange.parse("::1"));
    private static final List<AddressRange> LOOPBACK_RANGES =
            List.of(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("::1"));
    private static final Pattern LOOPBACK_PORT = Pattern.compile("([0-9]{1,5})(?:/(tcp|udp))?");

    /** The whole network as the host itself sees it, loopback and local addresses included. */
    public static final SocketGrant EVERYTHING =
            new SocketGrant(EnumSet.allOf(SocketUse.class), ANYWHERE, 0, MAX_PORT);

    public SocketGrant {
        uses = Set.copyOf(uses);
        addresses = List.copyOf(addresses);
        if (firstPort < 0 || lastPort > MAX_PORT || firstPort > lastPort) {
            throw new WasiException.BadGrant(firstPort + "-" + lastPort + " is no range of ports");
        }
    }

    /**
     * Understands {@code [USE[,USE…]@]ADDRESS[/BITS][:PORT[-PORT]]}, with {@code *} for any address
     * and brackets around IPv6, for example {@code tcp-connect@10.0.0.0/8:5432} or {@code
     * [::1]:8000-8010}. Without uses all are meant, without ports all.
     */
    public static SocketGrant parse(String text) {
        int at = text.indexOf('@');
        Set<SocketUse> uses = at < 0 ? EnumSet.allOf(SocketUse.class) : uses(text.substring(0, at), text);
        String target = text.substring(at + 1);
        int colon = target.startsWith("[") ? target.indexOf(':', target.indexOf(']') + 1) : target.indexOf(':');
        String ports = colon < 0 ? "0-" + MAX_PORT : target.substring(colon + 1);
        String addresses = (colon < 0 ? target : target.substring(0, colon)).replace("[", "").replace("]", "");
        int dash = ports.indexOf('-');
        return new SocketGrant(
                uses,
                addresses.equals("*") ? ANYWHERE : List.of(AddressRange.parse(addresses)),
                port(dash < 0 ? ports : ports.substring(0, dash), text),
                port(ports.substring(dash + 1), text));
    }

    /**
     * A port of the host's own loopback, for guests that have a loopback of their own: {@code 5432} to
     * connect to by TCP, {@code 53/udp} to send datagrams to.
     */
    public static SocketGrant hostLoopback(String text) {
        Matcher matcher = LOOPBACK_PORT.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new WasiException.BadGrant("'" + text + "' is no port of the host's loopback: write PORT, PORT/tcp or PORT/udp");
        }
        return new SocketGrant(
                EnumSet.of("udp".equals(matcher.group(2)) ? SocketUse.UDP_SEND : SocketUse.TCP_CONNECT), LOOPBACK, port, port);
    }

    public boolean allows(SocketUse use, InetSocketAddress target) {
        InetAddress address = target.getAddress();
        return allowsPort(use, target.getPort()) && addresses.stream().anyMatch(range -> range.contains(address));
    }

    boolean allowsPort(SocketUse use, int port) {
        return uses.contains(use) && firstPort <= port && port <= lastPort;
    }

    /** Whether it is about loopback addresses and no others, and so means the host's. */
    boolean loopbackOnly() {
        return addresses.stream().allMatch(range -> LOOPBACK_RANGES.stream()
                .anyMatch(all -> range.bits() >= all.bits() && all.contains(range.address())));
    }

    private static Set<SocketUse> uses(String labels, String text) {
        Set<SocketUse> uses = EnumSet.noneOf(SocketUse.class);
        for (String label : labels.split(",", -1)) {
            uses.add(Arrays.stream(SocketUse.values())
                    .filter(use -> use.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> malformed(text)));
        }
        return uses;
    }

    private static int port(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw malformed(text);
        }
    }

    private static WasiException.BadGrant malformed(String text) {
        return new WasiException.BadGrant("'" + text + "' is no socket grant: write [USE,…@]ADDRESS[/BITS][:PORT[-PORT]], USE one of "
                + Arrays.stream(SocketUse.values()).map(SocketUse::label).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        String labels = Arrays.stream(SocketUse.values())
                .filter(uses::contains)
                .map(SocketUse::label)
                .collect(Collectors.joining(","));
        String where = addresses.equals(ANYWHERE)
                ? "*"
                : addresses.stream()
                        .map(range -> range.toString().contains(":") ? "[" + range + "]" : range.toString())
                        .collect(Collectors.joining(","));
        return labels + "@" + where + ":" + firstPort + (firstPort == lastPort ? "" : "-" + lastPort);
    }
}
