package dev.virga.cli.redact;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How something is found in text: each group of the pattern that took part, or all of it if there are no groups.
 *
 * @param needs one of these, in lower case, is in every text in which it is found; looking for them is quicker
 * @param when whether what was found is meant
 */
record Rule(Kind kind, Pattern pattern, List<String> needs, Predicate<String> when) {

    /** @param needs with {@code |} between them */
    static Rule of(Kind kind, String needs, String pattern, Predicate<String> when) {
        return new Rule(kind, Pattern.compile(pattern), List.of(needs.split("\\|")), when);
    }

    static Rule of(Kind kind, String needs, String pattern) {
        return of(kind, needs, pattern, _ -> true);
    }

    /** @param lower a text in lower case */
    boolean mayBeIn(String lower) {
        for (String one : needs) {
            if (lower.contains(one)) {
                return true;
            }
        }
        return false;
    }
}
