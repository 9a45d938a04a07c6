package dev.virga.benchmark.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.DoubleFunction;

/** Figures of a page: lines, samples in strips, bars. */
final class Plots {

    private static final int COLOURS = 8;
    private static final int LEFT = 40;
    private static final int RIGHT = Svg.WIDTH - 12;
    private static final int TOP = 10;
    private static final int BOTTOM = 208;
    private static final int ROW = 38;

    /** One request in so many takes longer. */
    private static final List<Double> PERCENTILES = List.of(1.0, 2.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6);

    private Plots() {}

    /** Latencies by how many requests took longer: one in 1, 10, 100. */
    static String percentiles(String title, String subtitle, List<Curve> curves) {
        return lines(title, subtitle, curves, true, Plots::percentile, "percentile of requests");
    }

    private static String percentile(double oneIn) {
        return BigDecimal.valueOf(100 - 100 / oneIn).setScale(4, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }

    /** Lines of a figure in ms over a number of something, with a logarithmic scale upwards. */
    static String lines(String title, String subtitle, List<Curve> curves, String label) {
        return lines(title, subtitle, curves, false, Figures::text, label);
    }

    private static String lines(
            String title, String subtitle, List<Curve> curves, boolean acrossLog, DoubleFunction<String> across, String label) {
        List<Curve.Point> all = curves.stream().flatMap(curve -> curve.points().stream()).toList();
        double lowest = all.stream().mapToDouble(Curve.Point::y).filter(y -> y > 0).min().orElse(1);
        double highest = all.stream().mapToDouble(Curve.Point::y).max().orElse(1);
        double right = all.stream().mapToDouble(Curve.Point::x).max().orElse(1);
        Axis y = Axis.logarithmic(lowest / 1.2, highest * 1.2, BOTTOM, TOP);
        Axis x = acrossLog ? Axis.logarithmic(1, right, LEFT, RIGHT) : Axis.linear(right, LEFT, RIGHT);
        Svg svg = new Svg(title, BOTTOM + 34);
        for (double tick : y.ticks()) {
            svg.line("grid", LEFT, y.place(tick), RIGHT, y.place(tick));
            svg.text("", LEFT - 5, y.place(tick) + 4, "end", Figures.text(tick));
        }
        for (double tick : acrossLog ? PERCENTILES.stream().filter(one -> one <= right).toList() : x.ticks()) {
            svg.line("axis", x.place(tick), BOTTOM, x.place(tick), BOTTOM + 4);
            svg.text("", x.place(tick), BOTTOM + 16, "middle", across.apply(tick));
        }
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
        svg.text("", (LEFT + RIGHT) / 2.0, BOTTOM + 31, "middle", label);
        StringBuilder legend = new StringBuilder();
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            boolean other = curve.name().startsWith("other");
            svg.curve(
                    i % COLOURS,
                    other,
                    curve.points().stream().mapToDouble(point -> x.place(point.x())).toArray(),
                    curve.points().stream().mapToDouble(point -> y.place(point.y())).toArray());
            if (!acrossLog) {
                for (Curve.Point p : curve.points()) {
                    svg.dot(i % COLOURS, x.place(p.x()), y.place(p.y()), 2.6, across.apply(p.x()) + ": " + Figures.text(p.y()));
                }
            }
            legend.append("<li%s><i style=\"border-color: var(--c%d)\"></i>%s</li>\n"
                    .formatted(other ? " class=\"other\"" : "", i % COLOURS, Html.text(curve.name())));
        }
        return figure(title, subtitle, svg + "<ul class=\"legend\">\n" + legend + "</ul>\n");
    }

    /** All samples of some figures on one logarithmic scale, with their medians. */
    static String strips(String title, String subtitle, List<Measure> measures) {
        double lowest = measures.stream().mapToDouble(Measure::min).min().orElse(1);
        double highest = measures.stream().mapToDouble(Measure::max).max().orElse(1);
        int bottom = TOP + ROW * measures.size();
        Axis x = Axis.logarithmic(lowest / 1.3, highest * 1.3, 8, RIGHT);
        Svg svg = new Svg(title, bottom + 24);
        for (double tick : x.ticks()) {
            svg.line("grid", x.place(tick), TOP, x.place(tick), bottom);
            svg.text("", x.place(tick), bottom + 16, "middle", Figures.text(tick));
        }
        for (int i = 0; i < measures.size(); i++) {
            Measure measure = measures.get(i);
            int y = TOP + ROW * i;
            svg.text("", 8, y + 11, "start", title(measure));
            svg.text("value", RIGHT, y + 11, "end", Figures.text(measure.median()) + " " + measure.unit());
            for (double sample : measure.samples()) {
                svg.dot(i % COLOURS, x.place(sample), y + 24, 4, Figures.text(sample) + " " + measure.unit());
            }
            svg.mark(i % COLOURS, x.place(measure.median()), y + 16, y + 32);
        }
        return figure(title, subtitle, svg.toString());
    }

    /** Medians as bars from 0. */
    static String bars(String title, String subtitle, List<Measure> measures) {
        double highest = measures.stream().mapToDouble(Measure::median).max().orElse(1);
        Svg svg = new Svg(title, TOP + ROW * measures.size());
        for (int i = 0; i < measures.size(); i++) {
            Measure measure = measures.get(i);
            int y = TOP + ROW * i;
            svg.text("", 8, y + 9, "start", title(measure));
            svg.text("value", RIGHT, y + 9, "end", Figures.text(measure.median()) + " " + measure.unit());
            svg.bar(measure.server().equals("other") ? 1 : 0, 8, y + 14, (RIGHT - 8) * measure.median() / highest, 11);
        }
        return figure(title, subtitle, svg.toString());
    }

    private static String title(Measure measure) {
        return measure.server().equals("virga") ? measure.name() : measure.name() + " (" + measure.server() + ")";
    }

    private static String figure(String title, String subtitle, String content) {
        return "<figure><figcaption>%s<small>%s</small></figcaption>\n%s</figure>\n"
                .formatted(Html.text(title), Html.text(subtitle), content);
    }
}
