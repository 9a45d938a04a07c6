package dev.virga.component;

import java.util.List;

/** A WIT tuple without a Java class of its own. */
public record Tuple(List<Object> values) {
    public Tuple {
        values = List.copyOf(values);
    }

    public static Tuple of(Object... values) {
        return new Tuple(List.of(values));
    }
}
