package dev.virga.wasi;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that outgoing HTTP requests may reach.
 *
 * @param host a name or an address, {@code *.} and a name for everything below that name, or {@code *}
 * @param port the only port, or any
 */
public record HttpGrant(String host, OptionalInt port) {

    /** Every host. */
    public static final HttpGrant EVERYTHING = new HttpGrant("*", OptionalInt.empty());

    private static final Pattern FORM =
            Pattern.compile("(\\*|(?:\\*\\.)?[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

    public HttpGrant {
        host = host.toLowerCase(Locale.ROOT);
    }

    /** Understands {@code HOST[:PORT]}, for example {@code api.example.com}, {@code *.example.com:443}, {@code *}. */
    public static HttpGrant parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || matcher.group(2) != null && Integer.parseInt(matcher.group(2)) > 0xffff) {
            throw new WasiException.BadGrant("'" + text
                    + "' is no grant for outgoing HTTP: write HOST[:PORT], *.DOMAIN[:PORT] or *");
        }
        return new HttpGrant(
                matcher.group(1),
                matcher.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(2))));
    }

    /** @param name the host of the request's authority; IPv6 in brackets */
    public boolean allows(String name, int requestPort) {
        if (port.isPresent() && port.getAsInt() != requestPort) {
            return false;
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        if (wanted.endsWith(".")) { // the absolute form of the same name
            wanted = wanted.substring(0, wanted.length() - 1);
        }
        return host.equals("*") || (host.startsWith("*.") ? wanted.endsWith(host.substring(1)) : wanted.equals(host));
    }

    @Override
    public String toString() {
        return host + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
}
