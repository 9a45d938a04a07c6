package dev.virga.host.manifest;

import dev.virga.host.shape.Quoted;
import dev.virga.host.shape.Value;

/** Ports from the first to the last. */
@Value(
        words = "a port or a range of ports",
        pattern = "^[0-9]{1,5}(-[0-9]{1,5})?$",
        example = "8000-8999",
        numbers = true)
public record PortRange(int first, int last) {

    public static PortRange parse(String text) {
        String[] parts = text.split("-");
        int first = Ports.parse(parts[0]);
        int last = parts.length > 1 ? Ports.parse(parts[1]) : first;
        if (last < first) {
            throw new IllegalArgumentException(Quoted.of(text) + " ends before it begins");
        }
        return new PortRange(first, last);
    }

    @Override
    public String toString() {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }
}
