package dev.virga.plugin.postgres;

import dev.virga.component.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Geometry: points are pairs of numbers. */
final class Shapes {

    private static final Pattern BETWEEN = Pattern.compile("[()\\[\\]<>{},\\s]+");

    static final Form POINT = Form.of(Shapes::point, text -> points(text).getFirst());

    /** The database begins with the upper right corner. */
    static final Form BOX = Form.of(Shapes::pair, text -> Tuple.of(points(text).get(1), points(text).get(0)));

    static final Form SEGMENT = Form.of(v -> "[" + pair(v) + "]", text -> Tuple.of(points(text).get(0), points(text).get(1)));

    /** The database has the three numbers of Ax + By + C = 0; the interface has two points of the line. */
    static final Form LINE = Form.of(v -> "[" + pair(v) + "]", Shapes::line);

    /** Written open; whether one that is read is closed is lost. */
    static final Form PATH = Form.of(v -> "[" + all(v) + "]", Shapes::points);

    static final Form POLYGON = Form.of(v -> "(" + all(v) + ")", Shapes::points);

    static final Form CIRCLE = Form.of(Shapes::circle, text -> {
        double[] n = numbers(text);
        return Tuple.of(point(n[0], n[1]), Floats.ofDouble(n[2]));
    });

    private Shapes() {}

    private static String point(Object value) {
        Tuple point = (Tuple) value;
        return "(" + Floats.read(point.values().get(0)) + "," + Floats.read(point.values().get(1)) + ")";
    }

    private static Tuple point(double x, double y) {
        return Tuple.of(Floats.ofDouble(x), Floats.ofDouble(y));
    }

    private static String pair(Object value) {
        Tuple pair = (Tuple) value;
        return point(pair.values().get(0)) + "," + point(pair.values().get(1));
    }

    private static String all(Object value) {
        return ((List<?>) value).stream().map(Shapes::point).collect(Collectors.joining(","));
    }

    private static String circle(Object value) {
        Tuple circle = (Tuple) value;
        return "<" + point(circle.values().get(0)) + "," + Floats.read(circle.values().get(1)) + ">";
    }

    private static Tuple line(String text) {
        double[] n = numbers(text);
        return n[1] == 0
                ? Tuple.of(point(-n[2] / n[0], 0), point(-n[2] / n[0], 1))
                : Tuple.of(point(0, -n[2] / n[1]), point(1, -(n[0] + n[2]) / n[1]));
    }

    private static List<Object> points(String text) {
        double[] n = numbers(text);
        List<Object> points = new ArrayList<>(n.length / 2);
        for (int i = 0; i < n.length; i += 2) {
            points.add(point(n[i], n[i + 1]));
        }
        return points;
    }

    private static double[] numbers(String text) {
        return BETWEEN.splitAsStream(text)
                .filter(number -> !number.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
