package dev.virga.component.runtime;

import dev.virga.wit.Version;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Looks names up, by semver where they have versions, and finds similar ones for error texts. */
public final class Names {

    /** Two names further apart than this are not taken for each other's misspelling. */
    private static final int NEAR = 3;

    private static final int LONGEST_COMPARED = 100;

    private Names() {}

    /** The value of this name or else of the highest version that can stand for it. */
    public static <V> Optional<V> find(Map<String, V> named, String name) {
        V exact = named.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        String wanted = new InterfaceName(name).canonical();
        return named.entrySet().stream()
                .filter(e -> e.getKey().indexOf('@') >= 0)
                .filter(e -> new InterfaceName(e.getKey()).canonical().equals(wanted))
                .max(Comparator.comparing(
                        e -> new InterfaceName(e.getKey()).version(),
                        Comparator.comparing(v -> v.orElse(new Version(0, 0, 0, "", "")))))
                .map(Map.Entry::getValue);
    }

    /** A name of another version, or one that may have been meant. */
    public static Optional<String> nearest(Iterable<String> names, String wanted) {
        String base = new InterfaceName(wanted).base();
        String best = null;
        int distance = NEAR + 1;
        for (String name : names) {
            String other = new InterfaceName(name).base();
            int d = other.equals(base) ? -1 : distance(other, base);
            if (d < distance) {
                distance = d;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The Levenshtein distance; of long names no distance is near. */
    private static int distance(String a, String b) {
        if (Math.max(a.length(), b.length()) > LONGEST_COMPARED) {
            return NEAR + 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
