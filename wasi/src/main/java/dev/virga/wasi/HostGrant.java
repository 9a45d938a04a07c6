package dev.virga.wasi;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hosts that outgoing HTTP requests and sockets may reach. A name reaches public addresses only;
 * loopback, private and other special ones are granted as addresses or ranges, or as {@code
 * localhost}. A socket reaches a name's addresses once the same instance has resolved that name.
 *
 * @param protocols by which they may be reached
 * @param host their names, or their addresses whatever the names that lead there
 * @param port the only port, or any
 */
public record HostGrant(Set<Protocol> protocols, HostPattern host, OptionalInt port) {

    private static final Pattern FORM = Pattern.compile("(?:([a-z]+)://)?"
            + "(" + NamePattern.FORM + "|[0-9.]+/[0-9]+|\\[[0-9A-Fa-f:.]+(?:/[0-9]+)?])(?::([0-9]{1,5}))?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}(?:/[0-9]+)?|\\[.*]");
    private static final Set<Protocol> ALL = Set.of(Protocol.values());
    private static final Set<Protocol> WEB = Set.of(Protocol.HTTP, Protocol.HTTPS);

    public HostGrant {
        protocols = Set.copyOf(protocols);
    }

    /**
     * Understands {@code [PROTOCOL://]HOST[:PORT]}, for example {@code api.example.com}, {@code
     * https://*.example.com:443}, {@code *}, {@code tcp://10.0.0.0/8:5432} or {@code [::1]}. Without a
     * protocol all are meant, without a port all.
     */
    public static HostGrant parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || matcher.group(3) != null && Integer.parseInt(matcher.group(3)) > 0xffff) {
            throw new WasiException.BadGrant("'" + text + "' is no grant for hosts: write [PROTOCOL://]HOST[:PORT], HOST a name, "
                    + "*.DOMAIN, * or ADDRESS[/BITS]");
        }
        return new HostGrant(
                matcher.group(1) == null ? ALL : EnumSet.of(protocol(matcher.group(1), text)),
                host(matcher.group(2)),
                matcher.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(3))));
    }

    /** As {@link #parse}, but for HTTP and HTTPS only. */
    public static HostGrant parseHttp(String text) {
        HostGrant grant = parse(text);
        Set<Protocol> left = EnumSet.copyOf(WEB);
        left.retainAll(grant.protocols);
        if (left.isEmpty()) {
            throw new WasiException.BadGrant("'" + text + "' is no grant for HTTP: write http:// or https:// or neither before the host");
        }
        return new HostGrant(left, grant.host, grant.port);
    }

    private static HostPattern host(String text) {
        return ADDRESS.matcher(text).matches()
                ? AddressRange.parse(text.replace("[", "").replace("]", ""))
                : new NamePattern(text);
    }

    private static Protocol protocol(String label, String text) {
        return Arrays.stream(Protocol.values())
                .filter(protocol -> protocol.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new WasiException.BadGrant("'" + text + "': no protocol is called " + label
                        + "; there is " + labels(ALL, ", ")));
    }

    boolean allows(Protocol protocol, int wantedPort) {
        return protocols.contains(protocol) && (port.isEmpty() || port.getAsInt() == wantedPort);
    }

    private static String labels(Set<Protocol> protocols, String separator) {
        return Arrays.stream(Protocol.values())
                .filter(protocols::contains)
                .map(Protocol::label)
                .collect(Collectors.joining(separator));
    }

    @Override
    public String toString() {
        String text = host.toString();
        String hostAndPort = (text.contains(":") ? "[" + text + "]" : text) + (port.isPresent() ? ":" + port.getAsInt() : "");
        return protocols.equals(ALL) ? hostAndPort : labels(protocols, "|") + "://" + hostAndPort;
    }
}
