package dev.virga.wasi.http;

import dev.virga.wasi.http.UriSyntax.Authority;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a guest may send HTTP requests. Names do not lead to special addresses (loopback, private,
 * link-local and metadata ones), so that a name whose owner points it elsewhere gives no way into
 * the host's network: those are granted as addresses, or as {@code localhost}.
 */
public final class HttpGrants {

    private static final String LOCALHOST = "localhost";

    private final List<Grant> grants;

    private HttpGrants(List<Grant> grants) {
        this.grants = List.copyOf(grants);
    }

    private record Grant(String name, Optional<AddressRange> range, Optional<Integer> port) {

        boolean names(Authority target) {
            String host = target.host().toLowerCase(Locale.ROOT);
            return range.isEmpty()
                    && (name.equals("*")
                            || name.equals(host)
                            || name.startsWith("*.") && host.endsWith(name.substring(1)));
        }

        boolean port(int actual) {
            return port.isEmpty() || port.get() == actual;
        }
    }

    /** Nothing. */
    public static HttpGrants none() {
        return new HttpGrants(List.of());
    }

    /**
     * @param patterns {@code HOST}, {@code *.DOMAIN}, {@code *} (every public host), an address or a
     *     range like {@code 10.0.0.0/8}; each may end in {@code :PORT} (IPv6 addresses in brackets then)
     * @throws IllegalArgumentException saying which pattern is none
     */
    public static HttpGrants of(List<String> patterns) {
        List<Grant> grants = new ArrayList<>();
        for (String pattern : patterns) {
            grants.add(grant(pattern).orElseThrow(() -> new IllegalArgumentException("'" + pattern
                    + "' is no host pattern; give HOST, *.DOMAIN, *, an address or a range like 10.0.0.0/8,"
                    + " with :PORT behind it if only that port is meant")));
        }
        return new HttpGrants(grants);
    }

    private static Optional<Grant> grant(String pattern) {
        Optional<AddressRange> bare = AddressRange.of(pattern);
        if (bare.isPresent()) {
            return Optional.of(new Grant("", bare, Optional.empty()));
        }
        int end = pattern.startsWith("[") ? pattern.indexOf(']') + 1 : pattern.lastIndexOf(':');
        String host = end <= 0 ? pattern : pattern.substring(0, end);
        String port = end <= 0 ? "" : pattern.substring(end);
        String stem = host.equals("*") ? "any" : host.startsWith("*.") ? host.substring(2) : host;
        boolean range = host.startsWith("[") || AddressRange.of(host).isPresent();
        String address = host.startsWith("[") ? host.substring(1, Math.max(1, host.length() - 1)) : host;
        return Authority.of((range ? "any" : stem) + port)
                .map(authority -> new Grant(
                        range ? "" : host.toLowerCase(Locale.ROOT),
                        range ? AddressRange.of(address) : Optional.empty(),
                        authority.port()))
                .filter(grant -> !range || grant.range().isPresent());
    }

    /** Whether anything at all is granted. */
    public boolean isEmpty() {
        return grants.isEmpty();
    }

    /** Whether a request to this host may go out, as far as its name tells; addresses are checked later. */
    boolean mayAsk(Authority target, int port) {
        return grants.stream()
                .anyMatch(grant -> grant.port(port) && (grant.names(target) || grant.range().isPresent()));
    }

    /** Whether a connection may be opened to what a host's name was resolved to. */
    boolean mayConnect(Authority target, InetAddress address, int port) {
        boolean trusted = !AddressRange.special(address)
                || target.host().equalsIgnoreCase(LOCALHOST) && address.isLoopbackAddress();
        return grants.stream()
                .filter(grant -> grant.port(port))
                .anyMatch(grant -> grant.range()
                        .map(range -> range.contains(address) || range.contains(AddressRange.plain(address)))
                        .orElseGet(() -> trusted && named(grant, target)));
    }

    /** {@code *} means the public internet, so it does not mean this machine. */
    private static boolean named(Grant grant, Authority target) {
        return grant.names(target)
                && (!target.host().equalsIgnoreCase(LOCALHOST) || grant.name().equals(LOCALHOST));
    }
}
