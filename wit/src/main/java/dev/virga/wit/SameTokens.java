package dev.virga.wit;

import java.util.ArrayList;
import java.util.List;

/** Makes sure that formatted text says what the text before did: a file is not replaced by another one. */
final class SameTokens {

    private SameTokens() {}

    /** @throws IllegalStateException if tokens, doc comments or other comments differ */
    static void require(Source before, List<Token> tokens, String formatted, List<Token> after) {
        Source result = new Source(before.name(), formatted);
        if (!significant(tokens).equals(significant(after))
                || !comments(before, tokens).equals(comments(result, after))) {
            throw new IllegalStateException(before.name() + ": formatting would have changed more than space. This is a"
                    + " mistake of the formatter; please report it with the file, which was left as it is");
        }
    }

    /** All but commas, which may stand behind the last element, and semicolons behind braces. */
    private static List<List<Object>> significant(List<Token> tokens) {
        List<List<Object>> significant = new ArrayList<>();
        boolean behindBrace = false;
        for (Token token : tokens) {
            if (!token.isSymbol(",") && !(behindBrace && token.isSymbol(";"))) {
                significant.add(List.of(token.kind(), token.text(), token.docs()));
            }
            behindBrace = token.isSymbol("}");
        }
        return significant;
    }

    private static List<String> comments(Source source, List<Token> tokens) {
        return Gap.all(source, tokens).stream()
                .flatMap(gap -> gap.comments().stream())
                .map(c -> c.text().lines().map(String::strip).toList().toString())
                .toList();
    }
}
