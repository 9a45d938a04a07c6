package dev.virga.host.manifest;

import dev.virga.host.shape.Quoted;
import dev.virga.host.shape.Value;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that may be reached.
 *
 * @param scheme in lower case; if it is empty any is meant
 * @param subdomains whether the host's subdomains are meant instead of the host
 * @param host in lower case; {@code *} for every host
 * @param port if it is empty, every port without a scheme, and the scheme's own with one
 */
@Value(
        words = "a host: *, [*.]HOST[:PORT] or SCHEME://[*.]HOST[:PORT], without a path",
        pattern = "^\\*$|^([A-Za-z][A-Za-z0-9+.-]*://)?(\\*\\.)?" + HostPattern.NAME + "(:[0-9]{1,5})?/?$",
        example = "https://*.example.com",
        maxLength = 300)
public record HostPattern(Optional<String> scheme, boolean subdomains, String host, Optional<Integer> port) {

    /** What the name of a host matches. */
    static final String NAME =
            "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*";

    public static final HostPattern ANY = new HostPattern(Optional.empty(), false, "*", Optional.empty());

    private static final Pattern PARTS = Pattern.compile("(?:(.+)://)?(\\*\\.)?([^:/*]+)(?::(\\d+))?(/?)");

    public static HostPattern parse(String text) {
        if (text.equals("*")) {
            return ANY;
        }
        Matcher parts = PARTS.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches() || !parts.group(5).isEmpty() && parts.group(1) == null) {
            throw new IllegalArgumentException(Quoted.of(text) + " has a / after the host; take it away");
        }
        Optional<Integer> port = Optional.ofNullable(parts.group(4)).map(Ports::parse);
        return new HostPattern(Optional.ofNullable(parts.group(1)), parts.group(2) != null, parts.group(3), port);
    }

    @Override
    public String toString() {
        return scheme.map(s -> s + "://").orElse("")
                + (subdomains ? "*." : "")
                + host
                + port.map(p -> ":" + p).orElse("");
    }
}
