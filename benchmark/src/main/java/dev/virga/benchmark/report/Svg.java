package dev.virga.benchmark.report;

import java.util.Locale;

/** An SVG picture that takes its colours from the page. */
final class Svg {

    static final int WIDTH = 420;

    private final StringBuilder body = new StringBuilder();
    private final String title;
    private final int height;

    Svg(String title, int height) {
        this.title = title;
        this.height = height;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        body.append("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                .formatted(style, number(x1), number(y1), number(x2), number(y2)));
    }

    /** @param anchor start, middle or end */
    void text(String style, double x, double y, String anchor, String text) {
        body.append("<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(style, number(x), number(y), anchor, Html.text(text)));
    }

    void bar(int colour, double x, double y, double width, double height) {
        body.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\" style=\"fill: var(--c%d)\"/>\n"
                .formatted(number(x), number(y), number(Math.max(width, 1)), number(height), colour));
    }

    /** @param hint for who points at it */
    void dot(int colour, double x, double y, double radius, String hint) {
        body.append("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" style=\"fill: var(--c%d)\" fill-opacity=\"0.65\"><title>%s</title></circle>\n"
                .formatted(number(x), number(y), number(radius), colour, Html.text(hint)));
    }

    /** A line that stands out. */
    void mark(int colour, double x, double y1, double y2) {
        body.append("<line x1=\"%s\" y1=\"%s\" x2=\"%1$s\" y2=\"%s\" stroke-width=\"2\" style=\"stroke: var(--c%d)\"/>\n"
                .formatted(number(x), number(y1), number(y2), colour));
    }

    void curve(int colour, boolean other, double[] x, double[] y) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            points.append(number(x[i])).append(',').append(number(y[i])).append(' ');
        }
        body.append("<polyline class=\"curve%s\" style=\"stroke: var(--c%d)\" points=\"%s\"/>\n"
                .formatted(other ? " other" : "", colour, points.toString().strip()));
    }

    @Override
    public String toString() {
        return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n%s</svg>\n"
                .formatted(WIDTH, height, Html.text(title), body);
    }
}
