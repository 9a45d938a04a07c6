package dev.virga.cli;

import java.util.Map;

/**
 * Colours, where there are any.
 *
 * @param colours whether the reader is a terminal, and nobody has asked for none
 */
public record Style(boolean colours) {

    /** Honours {@code NO_COLOR} (no-color.org). */
    static Style of(boolean terminal, Map<String, String> environment) {
        return new Style(terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM")));
    }

    public String good(String text) {
        return in("32", text);
    }

    public String doubtful(String text) {
        return in("33", text);
    }

    public String bad(String text) {
        return in("31", text);
    }

    private String in(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
