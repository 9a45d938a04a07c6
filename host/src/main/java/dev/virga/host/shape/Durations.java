package dev.virga.host.shape;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in whole milliseconds, written as {@code 1h30m}, {@code 30s}, {@code 500ms}. */
public final class Durations {

    // No more digits, so that no sum overflows.
    static final Pattern PATTERN = Pattern.compile("^([0-9]{1,9}(ms|s|m|h|d)){1,5}$");
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h|d)");
    private static final int LONGEST_TEXT = 64;

    /** No field takes more. */
    static final Duration LONGEST = Duration.ofDays(30);

    private Durations() {}

    /** @throws IllegalArgumentException with a text for the user */
    public static Duration parse(String text) {
        if (text.length() > LONGEST_TEXT || !PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not a duration: a number with ms, s, m, h or d; for example 30s");
        }
        Duration sum = Duration.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            long number = Long.parseLong(parts.group(1));
            sum = sum.plus(switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            });
        }
        return sum;
    }

    /** In the largest unit that leaves no rest. */
    public static String print(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
    }
}
