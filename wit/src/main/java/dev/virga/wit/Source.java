package dev.virga.wit;

import dev.virga.wit.Problem.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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

    /**
     * The package that the file says it is part of.
     *
     * @throws WitException if it is malformed
     */
    public Optional<PackageName> packageName() {
        return Parser.parse(this, Problems.thrown()).packageDecl().map(Ast.PackageDecl::name);
    }

    /** For a file, or the first of a folder, that leaves open which package it is. */
    public WitException unnamed() {
        return error(0, "no file here names the package; begin with 'package namespace:name;', or give the folder of"
                + " the package instead of one of its files");
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
