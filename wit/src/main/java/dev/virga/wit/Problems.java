package dev.virga.wit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of mistakes: the first one ends the work, or they are gathered and the work goes on
 * without the item that has one. One that many run into counts once.
 */
final class Problems {

    /** More are of no use to anybody, and a hostile text could have one for each character. */
    static final int MAX = 100;

    private final boolean gather;
    private final List<Problem> warnings = new ArrayList<>();
    private final Map<String, WitException> found = new LinkedHashMap<>();

    private Problems(boolean gather) {
        this.gather = gather;
    }

    static Problems thrown() {
        return new Problems(false);
    }

    static Problems gathered() {
        return new Problems(true);
    }

    boolean none() {
        return found.isEmpty();
    }

    /** By file and place. */
    List<Problem> found() {
        List<Problem> all = new ArrayList<>(warnings);
        found.values().forEach(e -> all.add(e.problem()));
        all.sort(Comparator.comparing(Problem::file).thenComparing(Problem::line).thenComparing(Problem::column));
        return all;
    }

    void warn(Source source, int at, String text) {
        if (gather && warnings.size() < MAX) {
            warnings.add(source.problem(Problem.Severity.WARNING, at, text));
        }
    }

    /** @return the mistake that ended the step, if one did */
    Optional<WitException> attempt(Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (WitException e) {
            if (!gather || found.size() >= MAX && !found.containsKey(e.getMessage())) {
                throw e;
            }
            found.putIfAbsent(e.getMessage(), e);
            return Optional.of(e);
        }
    }
}
