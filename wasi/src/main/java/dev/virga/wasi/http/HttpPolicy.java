package dev.virga.wasi.http;

import dev.virga.wasi.AddressRange;
import dev.virga.wasi.HttpGrant;
import dev.virga.wasi.http.UriSyntax.Authority;
import java.net.InetAddress;
import java.util.List;

/**
 * What grants mean for a request. A name does not lead to special addresses, so that whoever owns
 * the name has no way into the host's network by pointing it there: those are granted as addresses,
 * as ranges, or as {@code localhost}.
 */
final class HttpPolicy {

    private static final String LOCALHOST = "localhost";

    private final List<HttpGrant> grants;

    HttpPolicy(List<HttpGrant> grants) {
        this.grants = List.copyOf(grants);
    }

    /** Whether a request may go out as far as its name tells; its addresses are checked later. */
    boolean mayAsk(Authority target, int port) {
        return grants.stream().anyMatch(grant -> grant.range().isPresent()
                ? grant.allowsPort(port)
                : grant.allows(target.host(), port));
    }

    /** Whether a connection may be opened to what the name was resolved to. */
    boolean mayConnect(Authority target, InetAddress address, int port) {
        InetAddress plain = SpecialAddresses.plain(address);
        return grants.stream().anyMatch(grant -> grant.range()
                .map(range -> grant.allowsPort(port) && (range.contains(address) || range.contains(plain)))
                .orElseGet(() -> grant.allows(target.host(), port) && leadsThere(grant, address)));
    }

    private static boolean leadsThere(HttpGrant grant, InetAddress address) {
        return !SpecialAddresses.contain(address)
                || grant.host().equals(LOCALHOST) && address.isLoopbackAddress();
    }
}
