package dev.virga.plugin;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settings by name. Values may be secret, and none is ever printed but a number, a time or a size that is out of bounds.
 * Each of those has bounds: what nobody can mean is an error when it is read, not a fault later.
 *
 * @param values by name
 */
public record Settings(Map<String, String> values) {

    public static final Settings NONE = new Settings(Map.of());

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

    /** A number without a unit, within these bounds. */
    public Optional<Integer> number(String name, int least, int most) {
        return within(name, Amount.NUMBER, (long) least, (long) most).map(Math::toIntExact);
    }

    /** A time, for example {@code 500ms}, {@code 30s} or {@code PT1M}, within these bounds. */
    public Optional<Duration> duration(String name, Duration least, Duration most) {
        return within(name, Amount.TIME, least, most);
    }

    /** A size in bytes, for example {@code 64Ki} or {@code 10M}, within these bounds. */
    public Optional<Long> bytes(String name, long least, long most) {
        return within(name, Amount.SIZE, least, most);
    }

    private <T extends Comparable<T>> Optional<T> within(String name, Amount<T> kind, T least, T most) {
        return text(name).map(text -> {
            String range = "from " + kind.writer().apply(least) + " to " + kind.writer().apply(most);
            T value = kind.reader().apply(text).orElseThrow(() -> wrong(name, kind.what() + ", " + range));
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw wrong(name, range + ", but is " + text);
            }
            return value;
        });
    }

    public Optional<Boolean> flag(String name) {
        return text(name).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "true or false");
        });
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
