package dev.virga.cli.conformance;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses scripts by a part of their path, in which {@code *} stands for any text and {@code ?} for one
 * character, and with {@code :LINE} behind it one line of them. What a failure is printed with fits.
 *
 * @param text as given
 * @param line the only line whose commands count
 */
record Filter(String text, Pattern path, OptionalInt line) {

    private static final Pattern FORM = Pattern.compile("(.*?)(?::(\\d{1,9}))?", Pattern.DOTALL);
    private static final Pattern PIECE = Pattern.compile("\\*+|\\?|[^*?]+");

    static Filter parse(String text) {
        Matcher form = FORM.matcher(text);
        form.matches();
        String path = PIECE.matcher(form.group(1)).results().map(p -> piece(p.group())).collect(Collectors.joining());
        OptionalInt line = form.group(2) == null
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(form.group(2)));
        return new Filter(text, Pattern.compile(path, Pattern.DOTALL), line);
    }

    private static String piece(String text) {
        return switch (text.charAt(0)) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(text);
        };
    }

    boolean chooses(ScriptFile script) {
        return path.matcher(script.name()).find() || path.matcher(script.slashed()).find();
    }
}
