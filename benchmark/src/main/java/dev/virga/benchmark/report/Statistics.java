package dev.virga.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/** Order statistics: what is measured here has no normal distribution. */
public final class Statistics {

    /** Up to so many samples of both together the test is exact. */
    private static final int EXACT = 40;

    private Statistics() {}

    /** Between two samples it is interpolated; of 0 it is the lowest, of 1 the highest. */
    public static double quantile(List<Double> samples, double quantile) {
        List<Double> sorted = samples.stream().sorted().toList();
        double place = quantile * (sorted.size() - 1);
        int below = (int) place;
        double lower = sorted.get(below);
        return below + 1 < sorted.size() ? lower + (place - below) * (sorted.get(below + 1) - lower) : lower;
    }

    /**
     * How likely two sets of samples differ by as much as they do if they were of the same thing: the two-sided p of
     * the rank sum test of Mann, Whitney and Wilcoxon. Equal samples count half each.
     */
    public static double rankSumP(List<Double> a, List<Double> b) {
        double wins = 0;
        for (double x : a) {
            for (double y : b) {
                wins += x < y ? 1 : x == y ? 0.5 : 0;
            }
        }
        double pairs = (double) a.size() * b.size();
        double least = Math.min(wins, pairs - wins);
        return Math.min(1, 2 * (a.size() + b.size() <= EXACT ? exact(a.size(), b.size(), least) : normal(a, b, least)));
    }

    /** The portion of all orders of n and m samples in which the first win at most so many pairs. */
    private static double exact(int n, int m, double most) {
        List<double[]> counts = new ArrayList<>(); // by samples of the first kind, then by pairs won
        for (int i = 0; i <= n; i++) {
            counts.add(new double[n * m + 1]);
        }
        counts.getFirst()[0] = 1;
        // One place after the other; a sample of the first kind wins against all of the second kind after it.
        for (int place = 1; place <= n + m; place++) {
            for (int first = Math.min(n, place); first >= 1; first--) {
                int rest = m - (place - first);
                double[] with = counts.get(first);
                double[] without = counts.get(first - 1);
                if (rest >= 0) {
                    for (int won = n * m; won >= rest; won--) {
                        with[won] += without[won - rest];
                    }
                }
            }
        }
        double all = 0;
        double within = 0;
        for (int won = 0; won <= n * m; won++) {
            all += counts.get(n)[won];
            within += won <= most ? counts.get(n)[won] : 0;
        }
        return within / all;
    }

    private static double normal(List<Double> a, List<Double> b, double least) {
        double n = a.size();
        double m = b.size();
        double z = (least + 0.5 - n * m / 2) / Math.sqrt(n * m * (n + m + 1) / 12);
        // Abramowitz and Stegun 26.2.17, of a z that is not above 0; off by less than 1e-7
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI)
                * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.min(0.5, tail);
    }
}
