package dev.virga.wit;

import dev.virga.wit.Problem.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A WIT file.
 *
 * @param name its path, for error messages
 */
public record Source(String name, String text) {

    /**
     * Reads a file's bytes.
     *
     * @throws WitException if they are not UTF-8
     */
    public static Source of(String name, byte[] utf8) {
        try {
            return new Source(name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException e) {
            throw new WitException(new Problem(Severity.ERROR, name, 1, 1, "the file is not UTF-8"));
        }
    }

    WitException error(int offset, String text) {
        return new WitException(problem(Severity.ERROR, offset, text));
    }

    Problem problem(Severity severity, int offset, String problem) {
        int line = 1;
        int lineStart = 0;
        int end = Math.min(offset, text.length());
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Problem(severity, name, line, text.codePointCount(lineStart, end) + 1, problem);
    }
}
