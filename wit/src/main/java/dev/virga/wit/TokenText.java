package dev.virga.wit;

import dev.virga.wit.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Tokens by their index, and as text one behind the other with the comments between them. */
final class TokenText {

    private final Source source;
    private final List<Token> tokens;
    private final List<Gap> gaps;

    TokenText(Source source, List<Token> tokens, List<Gap> gaps) {
        this.source = source;
        this.tokens = tokens;
        this.gaps = gaps;
    }

    boolean is(int at, String symbol) {
        return tokens.get(at).isSymbol(symbol);
    }

    boolean isKeyword(int at, String keyword) {
        return at >= 0 && tokens.get(at).isKeyword(keyword);
    }

    /** The bracket that closes the one at an index. */
    int closing(int open) {
        String closing = is(open, "(") ? ")" : "}";
        int i = open;
        for (int depth = 0; ; i++) {
            if (is(i, tokens.get(open).text())) {
                depth++;
            } else if (is(i, closing) && --depth == 0) {
                return i;
            }
        }
    }

    /** The comma behind the element of a list that begins at an index, or the bracket that closes the list. */
    int endOfElement(int from, int close) {
        int depth = 0;
        for (int i = from; i < close; i++) {
            if (is(i, "<") || is(i, "(")) {
                depth++;
            } else if (is(i, ">") || is(i, ")")) {
                depth--;
            } else if (depth == 0 && is(i, ",")) {
                return i;
            }
        }
        return close;
    }

    /** The elements of a list that ends at an index. */
    List<String> elements(int from, int close) {
        List<String> elements = new ArrayList<>();
        int at = from;
        while (at < close) {
            int end = endOfElement(at, close);
            elements.add(join(at, end));
            at = end + 1;
        }
        return elements;
    }

    /**
     * The tokens from one index to another, that of the end excluded. A line feed is in it only
     * where a comment demands one.
     */
    String join(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (i > from) {
                addGap(text, i);
            }
            Token token = tokens.get(i);
            text.append(source.text(), token.start(), token.end());
        }
        return text.toString();
    }

    private void addGap(StringBuilder text, int before) {
        Gap gap = gaps.get(before);
        boolean lineEnds = false;
        for (Comment comment : gap.comments()) {
            if (lineEnds || comment.breaks() > 0) {
                text.append('\n');
            } else if ("(<".indexOf(text.charAt(text.length() - 1)) < 0) {
                text.append(' ');
            }
            text.append(comment.inline());
            lineEnds = comment.isLine();
        }
        Token next = tokens.get(before);
        if (lineEnds) {
            text.append('\n');
        } else if (gap.comments().isEmpty() ? isSpaced(tokens.get(before - 1), next) : !isClosing(next)) {
            text.append(' ');
        }
    }

    private static boolean isSpaced(Token token, Token next) {
        if (isClosing(next) || next.kind() == Kind.JOINT || token.kind() == Kind.JOINT) {
            return false;
        }
        if (token.kind() == Kind.SYMBOL && "(<@./".contains(token.text())) {
            return false;
        }
        // A brace behind a point opens a list of names; every other one opens a block.
        return !(next.kind() == Kind.SYMBOL && "(<@./:".contains(next.text()));
    }

    private static boolean isClosing(Token token) {
        return token.kind() == Kind.SYMBOL && ",;)>".contains(token.text());
    }
}
