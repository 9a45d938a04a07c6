package dev.virga.host.shape;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a string may have to be. The patterns mean the same in Java and in JavaScript. */
public enum Text {
    ANY("a string", 1 << 20, "^[\\s\\S]*$", ""),
    NOT_EMPTY("a string that is not empty", 1024, "^[\\s\\S]+$", "default"),
    LABEL(
            "a name of at most 63 lower-case letters, digits and hyphens, with a letter or digit at both ends",
            63,
            "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
            "my-app"),
    NAME(
            "a name of at most 253 lower-case letters, digits, hyphens and dots, with a letter or digit at both"
                    + " ends of each part",
            253,
            "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
            "my-app.v1"),
    LABEL_KEY(
            "a label's key: at most 63 letters, digits, hyphens, dots and underscores, perhaps after a domain and /",
            317,
            "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
                    + "[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$",
            "acme.example/tier"),
    LABEL_VALUE(
            "a label's value: at most 63 letters, digits, hyphens, dots and underscores",
            63,
            "^([A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?)?$",
            "blue"),
    CONFIG_KEY(
            "a key of letters, digits, hyphens, dots and underscores", 253, "^[-._a-zA-Z0-9]+$", "max.size"),
    SETTING("a name without = and control characters", 1024, "^[^=\\u0000-\\u001f\\u007f]+$", "LOG_LEVEL"),
    WORDS(
            "a name of lower-case words, digits and hyphens, as in WIT",
            128,
            "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
            "keyvalue"),
    IDENTIFIER("lower-case letters, digits and hyphens, not a hyphen first", 64, "^[a-z0-9][a-z0-9-]*$", "cache"),
    VERSION(
            "a version: numbers with dots, and perhaps what comes before or after a release",
            64,
            "^[0-9]+(\\.[0-9]+){0,2}(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$",
            "0.2.0-draft"),
    INTERFACE(
            "an interface's name",
            512,
            "^[a-z][a-z0-9-]*:[a-z][a-z0-9-]*/[a-z][a-z0-9-]*(@[0-9]+(\\.[0-9]+)*(-[0-9A-Za-z.-]+)?)?$",
            "acme:billing/invoices@1.0.0"),
    PATH(
            "an absolute path without . and .. in it",
            1024,
            "^/$|^(/(?!\\.\\.?(/|$))[^/\\u0000-\\u001f\\u007f]+)+/?$",
            "/var/data"),
    URL_PATH(
            "a path that begins with /, without . and .. in it, query and fragment",
            1024,
            "^/$|^(/(?!\\.\\.?(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+/?$",
            "/api/v1"),
    ROUTE_HOST(
            "a host name, perhaps with *. for its first part, or * for every host",
            253,
            "^\\*$|^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
            "shop.example.com");

    private final String words;
    private final int maxLength;
    private final Pattern pattern;
    private final String example;

    Text(String words, int maxLength, String pattern, String example) {
        this.words = words;
        this.maxLength = maxLength;
        this.pattern = Pattern.compile(pattern);
        this.example = example;
    }

    /** What is wrong with this text, with the text first; nothing if it is right. */
    Optional<String> wrong(String text) {
        // The length comes first: the patterns are for short strings.
        if (text.length() <= maxLength && (this == ANY || pattern.matcher(text).matches())) {
            return Optional.empty();
        }
        if (this == ANY) {
            return Optional.of("has " + text.length() + " characters; at most " + maxLength + " are taken");
        }
        return Optional.of(Quoted.of(text) + " is not " + words + "; for example " + example);
    }

    Map<String, Object> schema() {
        return this == ANY
                ? Definitions.schema("type", "string")
                : Definitions.schema("type", "string", "pattern", pattern.pattern(), "maxLength", maxLength);
    }
}
