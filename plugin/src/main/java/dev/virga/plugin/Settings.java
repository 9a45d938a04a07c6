package dev.virga.plugin;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings by name. Values may be secret, and none is ever printed.
 *
 * @param values by name
 */
public record Settings(Map<String, String> values) {

    public static final Settings NONE = new Settings(Map.of());

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,15}) ?([a-zA-Z]{0,3})");
    private static final Map<String, Long> SIZES = Map.of(
            "", 1L, "b", 1L, "k", 1000L, "m", 1_000_000L, "g", 1_000_000_000L,
            "ki", 1L << 10, "mi", 1L << 20, "gi", 1L << 30);
    private static final Map<String, Long> TIMES = Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);

    public Settings {
        values = Map.copyOf(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws PluginException.Refused if it is missing */
    public String required(String name) {
        return text(name).orElseThrow(() -> new PluginException.Refused("the setting \"" + name + "\" is missing"));
    }

    /** A number without a unit. */
    public Optional<Integer> number(String name) {
        return text(name).map(text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw wrong(name, "a whole number");
            }
        });
    }

    /** A number without a unit within these bounds. */
    public Optional<Integer> number(String name, int least, int most) {
        Optional<Integer> number = number(name);
        number.filter(n -> n < least || n > most).ifPresent(_ -> {
            throw wrong(name, "from " + least + " to " + most);
        });
        return number;
    }

    public Optional<Boolean> flag(String name) {
        return text(name).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "true or false");
        });
    }

    /** A time, for example {@code 500ms}, {@code 30s} or {@code PT1M}. */
    public Optional<Duration> duration(String name) {
        return text(name).map(text -> {
            if (text.startsWith("P")) {
                try {
                    return Duration.parse(text);
                } catch (DateTimeParseException e) {
                    throw wrong(name, "a time such as 500ms or 30s");
                }
            }
            return Duration.ofMillis(amount(name, text, TIMES, "a time such as 500ms or 30s"));
        });
    }

    /** A size in bytes, for example {@code 64Ki} or {@code 10M}. */
    public Optional<Long> bytes(String name) {
        return text(name).map(text -> amount(name, text, SIZES, "a size such as 64Ki or 10M"));
    }

    private static long amount(String name, String text, Map<String, Long> units, String what) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            throw wrong(name, what);
        }
        Long unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
        long count = Long.parseLong(matcher.group(1));
        if (unit == null || count > Long.MAX_VALUE / unit) {
            throw wrong(name, what);
        }
        return count * unit;
    }

    private static PluginException.Refused wrong(String name, String what) {
        return new PluginException.Refused("the setting \"" + name + "\" must be " + what);
    }

    /**
     * Checks that nothing is misspelt.
     *
     * @throws PluginException.Refused naming those that are not among the known ones
     */
    public void allow(Collection<String> known) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new PluginException.Refused("unknown settings " + unknown + "; known are " + new TreeSet<>(known));
        }
    }

    public Settings with(String name, String value) {
        Map<String, String> all = new TreeMap<>(values);
        all.put(name, value);
        return new Settings(all);
    }

    /** The names. */
    @Override
    public String toString() {
        return new TreeSet<>(values.keySet()).toString();
    }
}
