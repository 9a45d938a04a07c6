package dev.virga.cli.wit;

import dev.virga.cli.AtomicFile;
import dev.virga.wit.MarkdownFormatter;
import dev.virga.wit.Problem;
import dev.virga.wit.Source;
import dev.virga.wit.WitException;
import dev.virga.wit.WitFormatter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What became of a text that was to be formatted. */
sealed interface Formatting {

    /** As given. */
    String name();

    /** It is in the style; {@code text} is what it was. */
    record Same(String name, String text) implements Formatting {}

    /** It was not; {@code text} is how it is to be. */
    record Changed(String name, String text) implements Formatting {}

    /** It cannot be formatted. */
    record Refused(String name, Problem problem) implements Formatting {}

    static Formatting of(Path file) {
        try {
            return of(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            return new Refused(file.toString(), problem(file.toString(), "cannot be read: " + AtomicFile.reason(e)));
        }
    }

    static Formatting of(String name, byte[] utf8) {
        try {
            Source source = Source.of(name, utf8);
            String text = isMarkdown(name) ? MarkdownFormatter.format(source) : WitFormatter.format(source);
            return text.equals(source.text()) ? new Same(name, text) : new Changed(name, text);
        } catch (WitException e) {
            return new Refused(name, e.problem());
        } catch (IllegalStateException e) {
            return new Refused(name, problem(name, e.getMessage()));
        }
    }

    private static Problem problem(String name, String text) {
        return new Problem(Problem.Severity.ERROR, name, 0, 0, text);
    }

    static boolean isWit(String name) {
        return name.endsWith(".wit");
    }

    static boolean isMarkdown(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".md") || lower.endsWith(".markdown");
    }

    /** Writes a changed text into its file. */
    default Formatting written() {
        try {
            if (this instanceof Changed(String name, String text)) {
                AtomicFile.write(Path.of(name), text.getBytes(StandardCharsets.UTF_8));
            }
            return this;
        } catch (IOException e) {
            return new Refused(name(), problem(name(), "cannot be written: " + AtomicFile.reason(e)));
        }
    }
}
