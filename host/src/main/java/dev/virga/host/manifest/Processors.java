package dev.virga.host.manifest;

import dev.virga.host.shape.Value;

/** A number of processors, written as Kubernetes writes it: {@code 2}, or {@code 500m} for half of one. */
@Value(
        words = "a number of processors, or thousandths of one with m",
        pattern = "^[0-9]{1,6}m?$",
        example = "500m",
        numbers = true)
public record Processors(long thousandths) {

    private static final int WHOLE = 1000;

    public static Processors parse(String text) {
        return text.endsWith("m")
                ? new Processors(Long.parseLong(text.substring(0, text.length() - 1)))
                : new Processors(Long.parseLong(text) * WHOLE);
    }

    @Override
    public String toString() {
        return thousandths % WHOLE == 0 ? Long.toString(thousandths / WHOLE) : thousandths + "m";
    }
}
