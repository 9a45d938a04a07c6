package dev.virga.benchmark.report;

import java.util.List;

/**
 * A line of a plot.
 *
 * @param plot which lines are drawn together
 * @param points from left to right
 */
public record Curve(String plot, String name, List<Point> points) {

    public record Point(double x, double y) {}

    public Curve {
        points = List.copyOf(points);
    }
}
