package dev.virga.host.manifest;

import dev.virga.host.shape.Value;
import java.util.Locale;

/** Names that may be resolved: {@code *}, a name, {@code *.} and a suffix, or an address. */
@Value(
        words = "a name to resolve: *, NAME, *.SUFFIX or an address, without scheme, port and path",
        pattern = "^\\*$|^(\\*\\.)?" + HostPattern.NAME
                + "$|^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$",
        example = "*.example.com",
        maxLength = 255)
public record LookupPattern(String text) {

    public static LookupPattern parse(String text) {
        if (text.indexOf(':') >= 0) {
            Cidr.address(text);
        }
        return new LookupPattern(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return text;
    }
}
