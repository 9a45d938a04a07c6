package dev.virga.cli.redact;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How something is found in text: each group of the pattern that took part, or all of it if there are no groups.
 *
 * @param when whether what was found is meant
 */
record Rule(Kind kind, Pattern pattern, Predicate<String> when) {

    static Rule of(Kind kind, String pattern) {
        return new Rule(kind, Pattern.compile(pattern), _ -> true);
    }

    static Rule of(Kind kind, String pattern, Predicate<String> when) {
        return new Rule(kind, Pattern.compile(pattern), when);
    }
}
