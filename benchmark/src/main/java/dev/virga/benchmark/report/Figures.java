package dev.virga.benchmark.report;

import java.util.Locale;

/** Figures for people. */
public final class Figures {

    private Figures() {}

    /** Three digits that count, and no more than are there. */
    public static String text(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "–";
        }
        if (size >= 100 || size == Math.rint(size)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }

    /** The median, and between which figures all are. */
    public static String spread(Measure measure) {
        return measure.samples().size() == 1
                ? text(measure.median())
                : text(measure.median()) + " (" + text(measure.min()) + "–" + text(measure.max()) + ")";
    }

    /** This figure by that one: of the medians, and between which ratios all pairs are. */
    public static String ratio(Measure over, Measure under) {
        if (under.median() == 0) {
            return "–";
        }
        String middle = text(over.median() / under.median());
        return over.samples().size() == 1 && under.samples().size() == 1 || under.min() == 0
                ? middle
                : middle + " (" + text(over.min() / under.max()) + "–" + text(over.max() / under.min()) + ")";
    }
}
