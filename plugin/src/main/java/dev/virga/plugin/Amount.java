package dev.virga.plugin;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind of numbers that settings have.
 *
 * @param what with an example
 * @param reader empty if a text is none
 * @param writer as settings have it
 */
record Amount<T extends Comparable<T>>(
        String what, Function<String, Optional<T>> reader, Function<T, String> writer) {

    private static final Pattern WITH_UNIT = Pattern.compile("([0-9]{1,15}) ?([a-zA-Z]{0,3})");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    private static final Map<String, Long> SIZES = Map.ofEntries(
            Map.entry("", 1L), Map.entry("b", 1L),
            Map.entry("k", 1000L), Map.entry("m", 1_000_000L), Map.entry("g", 1_000_000_000L),
            Map.entry("t", 1_000_000_000_000L),
            Map.entry("Ki", 1L << 10), Map.entry("Mi", 1L << 20), Map.entry("Gi", 1L << 30), Map.entry("Ti", 1L << 40));
    private static final Map<String, Long> TIMES = Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);

    static final Amount<Long> NUMBER = new Amount<>(
            "a whole number",
            text -> WHOLE.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty(),
            number -> Long.toString(number));

    static final Amount<Duration> TIME = new Amount<>(
            "a time such as 500ms or 30s",
            Amount::time,
            time -> written(time.toMillis(), TIMES, "ms"));

    static final Amount<Long> SIZE = new Amount<>(
            "a size such as 64Ki or 10M",
            text -> amount(text, SIZES),
            size -> written(size, SIZES, ""));

    private static Optional<Duration> time(String text) {
        if (text.startsWith("P")) {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
        return amount(text, TIMES).map(Duration::ofMillis);
    }

    /** What is too much for a long is the largest one. */
    private static Optional<Long> amount(String text, Map<String, Long> units) {
        Matcher matcher = WITH_UNIT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        String name = matcher.group(2).toLowerCase(Locale.ROOT);
        return units.entrySet().stream()
                .filter(unit -> unit.getKey().toLowerCase(Locale.ROOT).equals(name))
                .map(Map.Entry::getValue)
                .map(unit -> count > Long.MAX_VALUE / unit ? Long.MAX_VALUE : count * unit)
                .findAny();
    }

    /** In the largest unit of which it is a whole number. */
    private static String written(long amount, Map<String, Long> units, String smallest) {
        return units.entrySet().stream()
                .filter(unit -> amount != 0 && amount % unit.getValue() == 0 && !unit.getKey().equals("b"))
                .max(Comparator.comparing(Map.Entry::getValue))
                .map(unit -> amount / unit.getValue() + unit.getKey())
                .orElse(amount + smallest);
    }
}
