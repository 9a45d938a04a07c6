package dev.virga.host.manifest;

import dev.virga.host.shape.Value;

/** A text that may be secret: it does not print. */
@Value(words = "a string", pattern = "^[\\s\\S]*$", example = "hunter2", hidden = true, maxLength = 1 << 20)
public record Confidential(String text) {

    public static Confidential parse(String text) {
        return new Confidential(text);
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
