package dev.virga.host.shape;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What somebody may have meant who mistyped a word. */
public final class Suggestions {

    private static final int TYPED_AT_MOST = 64;
    private static final int KNOWN_AT_MOST = 100;
    private static final int SHOWN_AT_MOST = 3;

    private Suggestions() {}

    /**
     * The known words that start as {@code typed} does, or else those nearest to it, if any is near. To
     * take little time with hostile words, long ones and those among very many have none near.
     */
    public static List<String> of(String typed, Collection<String> known) {
        int dashes = typed.startsWith("--") ? 2 : 0;
        if (typed.length() <= dashes || typed.length() > TYPED_AT_MOST || known.size() > KNOWN_AT_MOST) {
            return List.of();
        }
        List<String> longer = known.stream().filter(word -> word.startsWith(typed)).sorted().toList();
        if (!longer.isEmpty()) {
            return longer;
        }
        int near = Math.max(1, (typed.length() - dashes) * 2 / 5);
        Map<Integer, List<String>> byDistance = known.stream()
                .filter(word -> Math.abs(word.length() - typed.length()) <= near)
                .sorted()
                .collect(Collectors.groupingBy(word -> distance(typed, word), TreeMap::new, Collectors.toList()));
        return byDistance.entrySet().stream()
                .findFirst()
                .filter(nearest -> nearest.getKey() <= near)
                .map(Map.Entry::getValue)
                .orElse(List.of());
    }

    /** The end of an error text that asks whether these were meant; nothing if none is near. */
    public static Optional<String> question(String typed, Collection<String> known) {
        List<String> meant = of(typed, known).stream().limit(SHOWN_AT_MOST).toList();
        return meant.isEmpty() ? Optional.empty() : Optional.of("; did you mean " + String.join(" or ", meant) + "?");
    }

    /** Insertions, deletions, replacements and swaps of neighbours between two words. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
