package dev.virga.host.shape;

import java.util.Map;
import java.util.TreeMap;

/**
 * A number of bytes, written as Kubernetes writes it: {@code 64Ki}, {@code 1Mi}, {@code 256M}, or a
 * plain number.
 */
@Value(
        words = "a size: a number, and perhaps one of Ki, Mi, Gi, Ti, k, M, G, T",
        pattern = "^[0-9]{1,15}(Ki|Mi|Gi|Ti|k|M|G|T)?$",
        example = "64Mi",
        numbers = true)
public record Size(long bytes) implements Comparable<Size> {

    private static final Map<String, Long> UNITS = new TreeMap<>(Map.of(
            "", 1L,
            "Ki", 1L << 10, "Mi", 1L << 20, "Gi", 1L << 30, "Ti", 1L << 40,
            "k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L, "T", 1_000_000_000_000L));

    public Size {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + bytes);
        }
    }

    public static Size parse(String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        try {
            long number = Long.parseLong(text, 0, digits, 10);
            return new Size(Math.multiplyExact(number, UNITS.getOrDefault(text.substring(digits), 1L)));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(Quoted.of(text) + " is more bytes than there are", e);
        }
    }

    @Override
    public int compareTo(Size other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest text. */
    @Override
    public String toString() {
        String shortest = Long.toString(bytes);
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            String text = bytes / unit.getValue() + unit.getKey();
            if (bytes > 0 && bytes % unit.getValue() == 0 && text.length() < shortest.length()) {
                shortest = text;
            }
        }
        return shortest;
    }
}
