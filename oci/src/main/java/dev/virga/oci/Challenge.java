package dev.virga.oci;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry wants to see before it answers (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final int LONGEST = 8192;
    private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z]+)(?:\\s+|$)");
    private static final Pattern PARAMETER =
            Pattern.compile("\\G\\s*,?\\s*([A-Za-z_]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]+))");

    /** The first of these headers that can be met: one for a token, or else one for a password. */
    static Optional<Challenge> of(List<String> headers) {
        List<Challenge> all = headers.stream().map(Challenge::parse).flatMap(Optional::stream).toList();
        return all.stream().filter(c -> c.scheme.equals("bearer")).findFirst()
                .or(() -> all.stream().filter(c -> c.scheme.equals("basic")).findFirst());
    }

    private static Optional<Challenge> parse(String header) {
        Matcher scheme = SCHEME.matcher(header);
        if (header.length() > LONGEST || !scheme.lookingAt()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(header).region(scheme.end(), header.length());
        while (parameter.find()) {
            String quoted = parameter.group(2);
            parameters.put(
                    parameter.group(1).toLowerCase(Locale.ROOT),
                    quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        return Optional.of(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
    }
}
