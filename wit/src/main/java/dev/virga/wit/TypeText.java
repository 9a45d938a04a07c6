package dev.virga.wit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Types, functions and names as WIT writes them within a line. */
final class TypeText {

    private TypeText() {}

    static String packageName(PackageName name) {
        return Names.escaped(name.namespace()) + ":" + Names.escaped(name.name())
                + name.version().map(v -> "@" + v).orElse("");
    }

    /** The path to an interface from within a package. */
    static String path(PackageName home, Id id) {
        if (id.packageName().equals(home)) {
            return Names.escaped(id.name());
        }
        PackageName name = id.packageName();
        return Names.escaped(name.namespace()) + ":" + Names.escaped(name.name()) + "/" + Names.escaped(id.name())
                + name.version().map(v -> "@" + v).orElse("");
    }

    /** The parameters, but for the implicit one of a method. */
    static List<String> writtenParams(Function function) {
        return function.params().stream()
                .skip(function.kind() instanceof Function.Kind.Method ? 1 : 0)
                .map(p -> Names.escaped(p.name()) + ": " + type(p.type()))
                .toList();
    }

    /** The result, but for the implicit one of a constructor that cannot fail. */
    static Optional<Type> writtenResult(Function function) {
        return function.kind() instanceof Function.Kind.Constructor
                ? function.result().filter(r -> r instanceof Type.Result)
                : function.result();
    }

    static String type(Type type) {
        return switch (type) {
            case Type.Primitive primitive -> primitive.toString();
            case Type.Named(TypeDef named) -> Names.escaped(named.name());
            case Type.Borrow(TypeDef resource) -> "borrow<" + Names.escaped(resource.name()) + ">";
            case Type.ListOf(Type element) -> "list<" + type(element) + ">";
            case Type.FixedList(Type element, int length) -> "list<" + type(element) + ", " + length + ">";
            case Type.MapOf(Type key, Type value) -> "map<" + type(key) + ", " + type(value) + ">";
            case Type.Option(Type some) -> "option<" + type(some) + ">";
            case Type.Result(Optional<Type> ok, Optional<Type> error) -> result(ok, error);
            case Type.Tuple(List<Type> types) ->
                types.stream().map(TypeText::type).collect(Collectors.joining(", ", "tuple<", ">"));
            case Type.Stream(Optional<Type> element) -> "stream" + element.map(e -> "<" + type(e) + ">").orElse("");
            case Type.Future(Optional<Type> element) -> "future" + element.map(e -> "<" + type(e) + ">").orElse("");
        };
    }

    private static String result(Optional<Type> ok, Optional<Type> error) {
        if (error.isPresent()) {
            return "result<" + ok.map(TypeText::type).orElse("_") + ", " + type(error.get()) + ">";
        }
        return "result" + ok.map(t -> "<" + type(t) + ">").orElse("");
    }
}
