package dev.virga.wit;

import dev.virga.wit.Ast.TypeExpr;
import dev.virga.wit.Token.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses types (WIT.md, "Types") and function types. */
final class TypeParser {

    private static final int MAX_NESTING = 100;

    private static final Map<String, Type.Primitive> PRIMITIVES = Map.ofEntries(
            Map.entry("bool", Type.Primitive.BOOL),
            Map.entry("s8", Type.Primitive.S8),
            Map.entry("u8", Type.Primitive.U8),
            Map.entry("s16", Type.Primitive.S16),
            Map.entry("u16", Type.Primitive.U16),
            Map.entry("s32", Type.Primitive.S32),
            Map.entry("u32", Type.Primitive.U32),
            Map.entry("s64", Type.Primitive.S64),
            Map.entry("u64", Type.Primitive.U64),
            Map.entry("f32", Type.Primitive.F32),
            Map.entry("f64", Type.Primitive.F64),
            Map.entry("char", Type.Primitive.CHAR),
            Map.entry("string", Type.Primitive.STRING),
            Map.entry("error-context", Type.Primitive.ERROR_CONTEXT));

    private final Tokens tokens;
    private int nesting;

    TypeParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Ast.FuncType functionType() {
        boolean async = tokens.eatKeyword("async");
        tokens.expectKeyword("func", "for a function's type");
        List<Ast.Field> params = params();
        Optional<TypeExpr> result = tokens.eat("->") ? Optional.of(type()) : Optional.empty();
        return new Ast.FuncType(async, params, result);
    }

    List<Ast.Field> params() {
        tokens.expect("(", "before the parameters");
        return tokens.list(")", "after a parameter", () -> field("a parameter's name"));
    }

    Ast.Field field(String what) {
        String docs = tokens.peek().docs();
        Ast.Name name = tokens.name(what);
        tokens.expect(":", "and a type after '" + name.text() + "'");
        return new Ast.Field(name, type(), docs);
    }

    TypeExpr type() {
        if (nesting == MAX_NESTING) {
            throw tokens.error("types nest deeper than " + MAX_NESTING + " levels");
        }
        nesting++;
        try {
            return tokens.peek().kind() == Kind.KEYWORD ? builtIn() : new TypeExpr.Named(tokens.name("a type"));
        } finally {
            nesting--;
        }
    }

    private TypeExpr builtIn() {
        String keyword = tokens.peek().text();
        Type.Primitive primitive = PRIMITIVES.get(keyword);
        if (primitive != null) {
            tokens.take();
            return new TypeExpr.Primitive(primitive);
        }
        int at = tokens.at();
        return switch (keyword) {
            case "list" -> list();
            case "map" -> map();
            case "result" -> result();
            case "tuple" -> tuple();
            case "option" -> {
                open();
                yield new TypeExpr.Option(closed(type()));
            }
            case "borrow" -> {
                open();
                yield new TypeExpr.Borrow(closed(tokens.name("the name of a resource")));
            }
            case "own" -> {
                open();
                yield new TypeExpr.Own(closed(tokens.name("the name of a resource")));
            }
            case "stream" -> new TypeExpr.Stream(optionalElement(), at);
            case "future" -> new TypeExpr.Future(optionalElement(), at);
            default -> throw tokens.expected("a type");
        };
    }

    private TypeExpr list() {
        open();
        TypeExpr element = type();
        if (!tokens.eat(",")) {
            return closed(new TypeExpr.ListOf(element));
        }
        Token length = tokens.peek();
        if (length.kind() != Kind.INTEGER) {
            throw tokens.expected("the length of the list");
        }
        String digits = length.text();
        if (digits.startsWith("0") || digits.length() > 10 || Long.parseLong(digits) > Integer.MAX_VALUE) {
            throw tokens.error("a list's length is between 1 and " + Integer.MAX_VALUE);
        }
        tokens.take();
        return closed(new TypeExpr.FixedList(element, Integer.parseInt(digits)));
    }

    private TypeExpr map() {
        open();
        Type.Primitive key = tokens.peek().kind() == Kind.KEYWORD ? PRIMITIVES.get(tokens.peek().text()) : null;
        if (key == null || !isMapKey(key)) {
            throw tokens.expected("the type of a map's keys: an integer type, char, bool or string");
        }
        tokens.take();
        tokens.expect(",", "and a type after a map's key type");
        return closed(new TypeExpr.MapOf(key, type()));
    }

    private static boolean isMapKey(Type.Primitive type) {
        return switch (type) {
            case F32, F64, ERROR_CONTEXT -> false;
            default -> true;
        };
    }

    private TypeExpr result() {
        tokens.take();
        if (!tokens.eat("<")) {
            return new TypeExpr.Result(Optional.empty(), Optional.empty());
        }
        Optional<TypeExpr> ok = Optional.empty();
        Optional<TypeExpr> error = Optional.empty();
        if (tokens.eat("_")) {
            tokens.expect(",", "and the error's type after '_'");
            error = Optional.of(type());
        } else {
            ok = Optional.of(type());
            if (tokens.eat(",")) {
                error = Optional.of(type());
            }
        }
        return closed(new TypeExpr.Result(ok, error));
    }

    private TypeExpr tuple() {
        open();
        List<TypeExpr> types = tokens.list(">", "after a type of the tuple", this::type);
        if (types.isEmpty()) {
            throw tokens.error("a tuple needs at least one type");
        }
        return new TypeExpr.Tuple(types);
    }

    private Optional<TypeExpr> optionalElement() {
        tokens.take();
        return tokens.eat("<") ? Optional.of(closed(type())) : Optional.empty();
    }

    private void open() {
        String keyword = tokens.take().text();
        tokens.expect("<", "after '" + keyword + "'");
    }

    private <T> T closed(T type) {
        tokens.expect(">", "to close the type");
        return type;
    }
}
