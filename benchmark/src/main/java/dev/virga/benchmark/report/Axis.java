package dev.virga.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/** Where values lie between two places of a plot. */
final class Axis {

    private static final double[] STEPS = {1, 2, 5, 10};
    private static final int MOST_TICKS = 6;

    private final boolean logarithmic;
    private final double from;
    private final double to;
    private final double begin;
    private final double end;

    private Axis(boolean logarithmic, double from, double to, double begin, double end) {
        this.logarithmic = logarithmic;
        this.from = from;
        this.to = to;
        this.begin = begin;
        this.end = end;
    }

    /** From 0 to a little more than the highest value. */
    static Axis linear(double highest, double begin, double end) {
        double top = highest > 0 ? highest : 1;
        double step = step(top);
        return new Axis(false, 0, Math.ceil(top / step) * step, begin, end);
    }

    /** Around values that are above 0. */
    static Axis logarithmic(double lowest, double highest, double begin, double end) {
        double low = Math.max(lowest, 1e-6);
        double high = Math.max(highest, low * 2);
        return new Axis(true, Math.log10(low), Math.log10(high), begin, end);
    }

    private static double step(double top) {
        double unit = Math.pow(10, Math.floor(Math.log10(top / MOST_TICKS)));
        for (double step : STEPS) {
            if (top / (unit * step) <= MOST_TICKS) {
                return unit * step;
            }
        }
        return unit * 10;
    }

    double place(double value) {
        double at = logarithmic ? Math.log10(Math.max(value, Math.pow(10, from))) : value;
        return begin + (at - from) / (to - from) * (end - begin);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (!logarithmic) {
            double step = step(to);
            for (int i = 0; i * step <= to * 1.0001; i++) {
                ticks.add(i * step);
            }
            return ticks;
        }
        double decades = to - from;
        for (int decade = (int) Math.floor(from); decade <= to; decade++) {
            for (double part : decades > 3 ? new double[] {1} : decades > 1.2 ? new double[] {1, 3} : new double[] {1, 2, 5}) {
                double at = Math.log10(part) + decade;
                if (at >= from - 1e-9 && at <= to + 1e-9) {
                    ticks.add(part * Math.pow(10, decade));
                }
            }
        }
        return ticks;
    }
}
