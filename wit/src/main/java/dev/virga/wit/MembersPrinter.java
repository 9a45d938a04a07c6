package dev.virga.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints the types and functions of an interface or world. */
final class MembersPrinter {

    private final PrintedText text;
    private final PackageName home;

    /** @param home the package in which the text stands */
    MembersPrinter(PrintedText text, PackageName home) {
        this.text = text;
        this.home = home;
    }

    PackageName home() {
        return home;
    }

    void items(Interface of) {
        types(of.types(), of.functions());
        List<Function> free = of.functions().stream().filter(f -> f.resource().isEmpty()).toList();
        boolean spaced = spaced(free);
        text.blank();
        for (Function function : free) {
            function("", function, spaced);
        }
    }

    /** Uses, joined where they follow each other, and definitions; resources with their functions. */
    void types(List<TypeDef> types, List<Function> functions) {
        int next = 0;
        while (next < types.size()) {
            TypeDef first = types.get(next);
            if (!(first.kind() instanceof TypeDef.Kind.Use(TypeDef used))) {
                type(first, functions);
                next++;
                continue;
            }
            List<String> names = new ArrayList<>();
            for (; next < types.size() && joins(first, used, types.get(next)); next++) {
                TypeDef original = ((TypeDef.Kind.Use) types.get(next).kind()).type();
                String name = types.get(next).name();
                names.add(Names.escaped(original.name())
                        + (original.name().equals(name) ? "" : " as " + Names.escaped(name)));
            }
            text.annotations(first.annotations());
            text.list("use " + TypeText.path(home, used.owner()) + ".{", names, "};");
        }
    }

    private static boolean joins(TypeDef first, TypeDef used, TypeDef next) {
        return next.kind() instanceof TypeDef.Kind.Use(TypeDef other)
                && other.owner().equals(used.owner())
                && next.annotations().equals(first.annotations());
    }

    private void type(TypeDef type, List<Function> functions) {
        text.blank();
        text.annotations(type.annotations());
        String name = Names.escaped(type.name());
        switch (type.kind()) {
            case TypeDef.Kind.Alias(Type of) -> text.line("type " + name + " = " + TypeText.type(of) + ";");
            case TypeDef.Kind.Record(List<TypeDef.Field> fields) -> {
                text.open("record " + name);
                fields.forEach(f -> member(f.docs(), Names.escaped(f.name()) + ": " + TypeText.type(f.type())));
                text.close();
            }
            case TypeDef.Kind.Variant(List<TypeDef.Case> cases) -> {
                text.open("variant " + name);
                cases.forEach(c -> member(c.docs(),
                        Names.escaped(c.name()) + c.type().map(t -> "(" + TypeText.type(t) + ")").orElse("")));
                text.close();
            }
            case TypeDef.Kind.Enum(List<TypeDef.Label> cases) -> labels("enum " + name, cases);
            case TypeDef.Kind.Flags(List<TypeDef.Label> flags) -> labels("flags " + name, flags);
            case TypeDef.Kind.Resource() -> resource(name, functions.stream()
                    .filter(f -> f.resource().equals(Optional.of(type.name())))
                    .toList());
            case TypeDef.Kind.Use use -> throw new IllegalArgumentException(type.name() + " is a use");
        }
        text.blank();
    }

    private void labels(String head, List<TypeDef.Label> labels) {
        text.open(head);
        labels.forEach(l -> member(l.docs(), Names.escaped(l.name())));
        text.close();
    }

    private void member(String docs, String member) {
        text.docs(docs);
        text.line(member + ",");
    }

    private void resource(String name, List<Function> functions) {
        if (functions.isEmpty()) {
            text.line("resource " + name + ";");
            return;
        }
        text.open("resource " + name);
        boolean spaced = spaced(functions);
        functions.forEach(f -> function("", f, spaced));
        text.close();
    }

    static boolean spaced(List<Function> functions) {
        return functions.stream().anyMatch(f -> !f.annotations().equals(Annotations.NONE));
    }

    /** @param keyword {@code import} or {@code export} and a space, or nothing */
    void function(String keyword, Function function, boolean spaced) {
        if (spaced) {
            text.blank();
        }
        text.annotations(function.annotations());
        String name = Names.escaped(function.name());
        String async = function.async() ? "async " : "";
        String head = switch (function.kind()) {
            case Function.Kind.Constructor _ -> "constructor";
            case Function.Kind.Static _ -> name + ": static " + async + "func";
            case Function.Kind.Method _, Function.Kind.Freestanding _ -> name + ": " + async + "func";
        };
        String result = TypeText.writtenResult(function).map(r -> " -> " + TypeText.type(r)).orElse("");
        text.list(keyword + head + "(", TypeText.writtenParams(function), ")" + result + ";");
    }
}
