package dev.virga.wit;

import dev.virga.wit.Token.Kind;

/** Splits a text into tokens (WIT.md, "Lexical structure"). */
final class Lexer {

    private static final String SYMBOLS = "=,:;(){}<>*/.@_";

    private final Source source;
    private final String text;
    private final Comments comments;
    private int position;

    Lexer(Source source) {
        this.source = source;
        this.text = source.text();
        this.comments = new Comments(source);
        Characters.check(source);
        if (text.startsWith("\uFEFF")) {
            position = 1;
        }
    }

    /** The next token, with the doc comment before it. After an error the one behind it is next. */
    Token next() {
        StringBuilder docs = new StringBuilder();
        int start = skipComments(docs);
        if (start == text.length()) {
            return token(Kind.END, "", start, docs);
        }
        char c = text.charAt(start);
        if (c == '"') {
            int line = text.indexOf('\n', start);
            position = line < 0 ? text.length() : line;
            StringLiteral literal = StringLiteral.read(source, start);
            position = literal.end();
            return token(Kind.STRING, literal.value(), start, docs);
        }
        if (c == '-' && text.startsWith("->", start)) {
            position += 2;
            return token(Kind.SYMBOL, "->", start, docs);
        }
        if (SYMBOLS.indexOf(c) >= 0) {
            position++;
            return token(Kind.SYMBOL, String.valueOf(c), start, docs);
        }
        if (isDigit(c)) {
            while (position < text.length() && isDigit(text.charAt(position))) {
                position++;
            }
            return token(Kind.INTEGER, text.substring(start, position), start, docs);
        }
        if (c == '%' || isLetter(c)) {
            return name(start, c == '%', docs);
        }
        position += Character.charCount(text.codePointAt(start));
        throw source.error(start, "unexpected character " + Characters.described(text.codePointAt(start)));
    }

    /** A comment without an end leaves nothing to be read. */
    private int skipComments(StringBuilder docs) {
        int from = position;
        position = text.length();
        position = comments.skip(from, docs);
        return position;
    }

    private Token name(int start, boolean escaped, StringBuilder docs) {
        int from = escaped ? start + 1 : start;
        position = from;
        while (position < text.length() && continuesName(position)) {
            position++;
        }
        String name = text.substring(from, position);
        if (!Names.isLabel(name)) {
            throw source.error(start, "'" + name + "' is no name: a name is words joined by hyphens, each in lower or"
                    + " upper case, the first beginning with a letter");
        }
        return token(!escaped && Names.KEYWORDS.contains(name) ? Kind.KEYWORD : Kind.NAME, name, start, docs);
    }

    /** A hyphen belongs to a name unless an arrow begins there. */
    private boolean continuesName(int at) {
        char c = text.charAt(at);
        return isLetter(c) || isDigit(c) || c == '-' && !text.startsWith("->", at);
    }

    /**
     * Reads a version right behind the last token; versions are no tokens, since {@code 1.0.0.{a}}
     * ends at the last point.
     */
    Token version() {
        StringBuilder docs = new StringBuilder();
        int start = skipComments(docs);
        while (position < text.length() && continuesVersion(position)) {
            position++;
        }
        Token version = token(Kind.VERSION, text.substring(start, position), start, docs);
        if (Version.parse(version.text()).isEmpty()) {
            throw source.error(start, position == start
                    ? "expected a version such as 1.2.3"
                    : "'" + version.text() + "' is no semantic version");
        }
        return version;
    }

    private boolean continuesVersion(int at) {
        char c = text.charAt(at);
        if (c == '.') {
            return at + 1 < text.length() && (isLetter(text.charAt(at + 1)) || isDigit(text.charAt(at + 1))
                    || text.charAt(at + 1) == '-');
        }
        return isLetter(c) || isDigit(c) || c == '-' || c == '+';
    }

    private Token token(Kind kind, String value, int start, StringBuilder docs) {
        return new Token(kind, value, start, position, docs.toString());
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
