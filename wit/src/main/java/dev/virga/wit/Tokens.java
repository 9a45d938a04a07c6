package dev.virga.wit;

import dev.virga.wit.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The tokens of a file with one token of lookahead; it remembers those that were taken. */
final class Tokens {

    private final Source source;
    private final Problems problems;
    private final Lexer lexer;
    private final List<Token> taken = new ArrayList<>();
    private Token current;
    private int depth;

    Tokens(Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.lexer = new Lexer(source);
        this.current = lexer.next();
    }

    Source source() {
        return source;
    }

    Token peek() {
        return current;
    }

    int at() {
        return current.start();
    }

    boolean atEnd() {
        return current.kind() == Kind.END;
    }

    List<Token> taken() {
        return List.copyOf(taken);
    }

    /** The colon that was taken last turns out to join the names of a path. */
    void lastIsJoint() {
        Token colon = taken.removeLast();
        taken.add(new Token(Kind.JOINT, colon.text(), colon.start(), colon.end(), colon.docs()));
    }

    Token take() {
        Token token = current;
        taken.add(token);
        if (token.isSymbol("{")) {
            depth++;
        } else if (token.isSymbol("}") && depth > 0) {
            depth--;
        }
        // What a mistake leaves behind is no token that anything looks for.
        current = new Token(Kind.SYMBOL, "", token.end(), token.end(), "");
        current = lexer.next();
        return token;
    }

    /** Reads an item; if that fails and mistakes are gathered, goes on behind it. */
    void attempt(Runnable item) {
        int around = depth;
        problems.attempt(item).ifPresent(mistake -> {
            skipItem(around);
            if (atEnd() && around > 0) {
                throw mistake;
            }
        });
    }

    /** Skips to the end of an item: a semicolon, its closing brace, or that of the block around it. */
    private void skipItem(int around) {
        while (!atEnd()) {
            boolean outside = depth <= around;
            if (outside && isSymbol("}") && around > 0) {
                return;
            }
            Token token = current;
            problems.attempt(this::take);
            while (isSymbol("")) {
                problems.attempt(this::take);
            }
            if (outside && token.isSymbol(";") || depth <= around && token.isSymbol("}")) {
                return;
            }
        }
    }

    boolean isSymbol(String symbol) {
        return current.isSymbol(symbol);
    }

    boolean isKeyword(String keyword) {
        return current.isKeyword(keyword);
    }

    boolean eat(String symbol) {
        if (!isSymbol(symbol)) {
            return false;
        }
        take();
        return true;
    }

    boolean eatKeyword(String keyword) {
        if (!isKeyword(keyword)) {
            return false;
        }
        take();
        return true;
    }

    Token expect(String symbol, String where) {
        if (!isSymbol(symbol)) {
            throw expected("'" + symbol + "' " + where);
        }
        return take();
    }

    void expectKeyword(String keyword, String where) {
        if (!eatKeyword(keyword)) {
            throw expected("'" + keyword + "' " + where);
        }
    }

    Ast.Name name(String what) {
        if (current.kind() == Kind.KEYWORD) {
            throw error("expected " + what + ", found the keyword '" + current.text() + "'; write %" + current.text()
                    + " to use it as a name");
        }
        if (current.kind() != Kind.NAME) {
            throw expected(what);
        }
        Token token = take();
        return new Ast.Name(token.text(), token.start());
    }

    /** The version behind a symbol that is the current token, as in {@code @1.0.0}. */
    Version versionAfter(String symbol, String where) {
        if (!isSymbol(symbol)) {
            throw expected("'" + symbol + "' " + where);
        }
        taken.add(current);
        Token version = lexer.version();
        taken.add(version);
        current = lexer.next();
        return Version.parse(version.text()).orElseThrow();
    }

    /** Elements separated by commas, one more comma allowed, up to the closing symbol. */
    <T> List<T> list(String close, String where, Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        while (!eat(close)) {
            elements.add(element.get());
            if (!eat(",")) {
                if (!eat(close)) {
                    throw expected("',' or '" + close + "' " + where);
                }
                break;
            }
        }
        return elements;
    }

    void warn(String text) {
        problems.warn(source, current.start(), text);
    }

    WitException expected(String what) {
        return error("expected " + what + ", found " + current.described());
    }

    WitException error(String problem) {
        return source.error(current.start(), problem);
    }
}
