package dev.virga.wasi;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that outgoing HTTP requests may reach. A name reaches public addresses only; loopback,
 * private and other special ones are granted as addresses or ranges, or as {@code localhost}.
 *
 * @param host a name, {@code *.} and a name for everything below that name, {@code *}, an address or
 *     a range of addresses
 * @param port the only port, or any
 */
public record HttpGrant(String host, OptionalInt port) {

    private static final Pattern FORM =
            Pattern.compile("(\\*|(?:\\*\\.)?[A-Za-z0-9._-]+|[0-9.]+/[0-9]+|\\[[0-9A-Fa-f:.]+(?:/[0-9]+)?])(?::([0-9]{1,5}))?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}(?:/[0-9]+)?|\\[.*]");

    /** Every public host. */
    public static final HttpGrant EVERYTHING = new HttpGrant("*", OptionalInt.empty());

    public HttpGrant {
        host = host.toLowerCase(Locale.ROOT);
        if (ADDRESS.matcher(host).matches()) {
            AddressRange.parse(host.replace("[", "").replace("]", "")); // refuses what is none
        }
    }

    /**
     * Understands {@code HOST[:PORT]}, for example {@code api.example.com}, {@code *.example.com:443},
     * {@code *}, {@code 10.0.0.0/8:8080} or {@code [::1]}.
     */
    public static HttpGrant parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || matcher.group(2) != null && Integer.parseInt(matcher.group(2)) > 0xffff) {
            throw new WasiException.BadGrant("'" + text
                    + "' is no grant for outgoing HTTP: write HOST[:PORT], *.DOMAIN[:PORT], * or ADDRESS[/BITS][:PORT]");
        }
        return new HttpGrant(
                matcher.group(1),
                matcher.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(2))));
    }

    /** @param name the host of the request's authority; IPv6 in brackets */
    public boolean allows(String name, int requestPort) {
        if (!allowsPort(requestPort)) {
            return false;
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        if (wanted.endsWith(".")) { // the absolute form of the same name
            wanted = wanted.substring(0, wanted.length() - 1);
        }
        return host.equals("*") || (host.startsWith("*.") ? wanted.endsWith(host.substring(1)) : wanted.equals(host));
    }

    public boolean allowsPort(int requestPort) {
        return port.isEmpty() || port.getAsInt() == requestPort;
    }

    /** The addresses that are granted, whatever the name that leads to them; absent if a name is granted. */
    public Optional<AddressRange> range() {
        return ADDRESS.matcher(host).matches()
                ? Optional.of(AddressRange.parse(host.replace("[", "").replace("]", "")))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return host + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
}
