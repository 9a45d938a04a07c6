package dev.virga.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What is different in two reports.
 *
 * @param warnings why their figures should not be compared
 * @param onlyInOne names of figures that the other has not
 */
public record Comparison(List<Change> changes, List<String> onlyInOne, List<String> warnings) {

    /** What became of a figure. */
    public enum Verdict {
        BETTER,
        WORSE,
        /** No difference that noise would not make. */
        SAME,
        /** Measured too few times to tell. */
        UNKNOWN
    }

    /** @param p of the rank sum test, see {@link Statistics#rankSumP} */
    public record Change(Measure before, Measure after, double p, Verdict verdict) {

        public double ratio() {
            return after.median() / before.median();
        }
    }

    /** Of fifty figures one in two comparisons is called changed by chance. */
    private static final double SURE = 0.01;

    /** What differs by less is of no use to anybody, be it sure or not. */
    private static final double LEAST = 0.03;

    public static Comparison of(Report before, Report after) {
        List<Change> changes = new ArrayList<>();
        List<String> onlyInOne = new ArrayList<>();
        for (Measure old : before.measures()) {
            after.measures().stream().filter(old::isAs).findFirst()
                    .ifPresentOrElse(now -> changes.add(change(old, now)), () -> onlyInOne.add("first: " + title(old)));
        }
        for (Measure now : after.measures()) {
            if (before.measures().stream().noneMatch(now::isAs)) {
                onlyInOne.add("second: " + title(now));
            }
        }
        return new Comparison(changes, onlyInOne, warnings(before, after));
    }

    private static String title(Measure measure) {
        return measure.group() + ", " + measure.name() + ", " + measure.server();
    }

    private static List<String> warnings(Report before, Report after) {
        List<String> warnings = new ArrayList<>();
        if (!before.machine().isLike(after.machine())) {
            warnings.add("they are of different machines: " + before.machine().processors() + " × "
                    + before.machine().processor() + " and " + after.machine().processors() + " × "
                    + after.machine().processor());
        }
        if (!before.settings().equals(after.settings())) {
            warnings.add("their settings differ: " + before.settings() + " and " + after.settings());
        }
        for (Report report : List.of(before, after)) {
            if (report.machine().load() > report.machine().processors() * 0.5) {
                warnings.add("when that of " + report.time() + " began, the machine was busy: load "
                        + Figures.text(report.machine().load()) + " on " + report.machine().processors()
                        + " processors");
            }
        }
        return warnings;
    }

    private static Change change(Measure before, Measure after) {
        double p = Statistics.rankSumP(before.samples(), after.samples());
        return new Change(before, after, p, verdict(before, after, p));
    }

    private static Verdict verdict(Measure before, Measure after, double p) {
        if (before.samples().equals(after.samples())) {
            return Verdict.SAME;
        }
        boolean exact = isExact(before) && isExact(after);
        if (!exact && p > SURE) {
            return couldTell(before, after) ? Verdict.SAME : Verdict.UNKNOWN;
        }
        if (Math.abs(after.median() - before.median()) < LEAST * Math.abs(before.median())) {
            return Verdict.SAME;
        }
        boolean less = after.median() < before.median();
        return less == (before.better() == Measure.Better.LESS) ? Verdict.BETTER : Verdict.WORSE;
    }

    /** Sizes of files have no noise. */
    private static boolean isExact(Measure measure) {
        return measure.group().equals("size");
    }

    /** Whether so many samples would show a difference at all if there were one. */
    private static boolean couldTell(Measure a, Measure b) {
        return 2 / combinations(a.samples().size() + b.samples().size(), a.samples().size()) <= SURE;
    }

    private static double combinations(int n, int k) {
        double result = 1;
        for (int i = 1; i <= k; i++) {
            result = result * (n - k + i) / i;
        }
        return result;
    }
}
