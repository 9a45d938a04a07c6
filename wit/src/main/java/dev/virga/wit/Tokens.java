package dev.virga.wit;

import dev.virga.wit.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The tokens of a file with one token of lookahead. */
final class Tokens {

    private final Source source;
    private final Lexer lexer;
    private Token current;

    Tokens(Source source) {
        this.source = source;
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

    Token take() {
        Token token = current;
        current = lexer.next();
        return token;
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
        Version version = lexer.version();
        current = lexer.next();
        return version;
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

    WitException expected(String what) {
        return error("expected " + what + ", found " + current.described());
    }

    WitException error(String problem) {
        return source.error(current.start(), problem);
    }
}
