package dev.virga.cli.redact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to be masked of values whose names say what they are. */
final class Values {

    /** Whether a value is one that may stay whatever its name is. */
    private static final Pattern HARMLESS =
            Pattern.compile("(?i)|true|false|null|none|undefined|\\(hidden\\)|\\*+|<[a-z -]{1,40}>|\\$\\{\\w{1,100}}");

    private static final Pattern SCHEME = Pattern.compile("(?i)bearer|basic|digest|token|negotiate");
    private static final Pattern ID = Pattern.compile("[\\w.:+/=~-]{1,200}");
    private static final Pattern PORT = Pattern.compile("(.+?)(:\\d{1,5})?");

    private final Names names;

    /** @param names learns those of tenants and hosts */
    Values(Names names) {
        this.names = names;
    }

    /** What is masked of a value: so much from its beginning, as this kind. */
    record Part(Kind kind, int length) {}

    /**
     * What is masked of a value whose name says what it is; nothing if it may stay.
     *
     * @param prose whether it may as well be the next word of a sentence: {@code host: listening}
     */
    Optional<Part> part(Kind kind, String value, boolean prose) {
        if (HARMLESS.matcher(value).matches()) {
            return Optional.empty();
        }
        switch (kind) {
            case TOKEN -> {
                return SCHEME.matcher(value).matches() ? Optional.empty() : Optional.of(new Part(kind, value.length()));
            }
            case REQUEST -> {
                return ID.matcher(value).matches() && !value.contains("://") && !prose
                        ? Optional.of(new Part(kind, value.length()))
                        : Optional.empty();
            }
            case TENANT -> {
                if (Names.isCommon(value) || value.isBlank()) {
                    return Optional.empty();
                }
                if (!prose) {
                    names.learn(kind, value);
                }
                return Optional.of(new Part(kind, value.length()));
            }
            default -> {
                return prose ? Optional.empty() : host(value);
            }
        }
    }

    private Optional<Part> host(String value) {
        if (Addresses.isAddress(value)) {
            return Addresses.isOwn(value) ? Optional.empty() : Optional.of(new Part(Kind.ADDRESS, value.length()));
        }
        Matcher parts = PORT.matcher(value);
        if (!parts.matches() || value.isBlank() || value.contains("://") || value.contains(" ")) {
            return Optional.empty(); // text with perhaps a host in it, for which the rules look
        }
        String name = parts.group(1);
        if (Addresses.isOwn(name) || Names.isCommon(name) || name.matches("\\d+")) {
            return Optional.empty();
        }
        if (Addresses.isAddress(name)) {
            return Optional.of(new Part(Kind.ADDRESS, name.length()));
        }
        names.learn(Kind.HOST, name);
        return Optional.of(new Part(Kind.HOST, name.length()));
    }
}
