package dev.virga.wasi;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of hosts, in ASCII: one name, {@code *.} and a name for everything below that name, or {@code
 * *} for any.
 */
public record NamePattern(String text) implements HostPattern {

    static final String FORM = "\\*|(?:\\*\\.)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    /** Every name. */
    public static final NamePattern ANY = new NamePattern("*");

    public NamePattern {
        if (!PATTERN.matcher(text).matches()) {
            throw new WasiException.BadGrant("'" + text + "' is no pattern for names: write NAME, *.DOMAIN or *");
        }
        text = text.toLowerCase(Locale.ROOT);
    }

    /** Whatever its case, and with a dot at its end or without. */
    public boolean matches(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        if (plain.endsWith(".")) { // the absolute form of the same name
            plain = plain.substring(0, plain.length() - 1);
        }
        if (text.equals("*")) {
            return true;
        }
        return text.startsWith("*.") ? plain.endsWith(text.substring(1)) : plain.equals(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
