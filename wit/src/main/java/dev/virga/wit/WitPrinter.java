package dev.virga.wit;

import java.util.ArrayList;
import java.util.List;

/**
 * Prints the model as WIT text: one text for each model, which parses again to an equal model where
 * all features are enabled.
 */
public final class WitPrinter {

    private final PrintedText text = new PrintedText();

    private WitPrinter() {}

    /** Prints a package as a file of its own. */
    public static String print(Package printed) {
        WitPrinter printer = new WitPrinter();
        printer.root(printed);
        return printer.text.toString();
    }

    /**
     * Prints a package as a file in which all others of the resolution are nested, those that it
     * refers to first.
     */
    public static String print(Resolution resolution, PackageName root) {
        WitPrinter printer = new WitPrinter();
        List<Package> rootFirst = new ArrayList<>();
        resolution.find(root).ifPresent(rootFirst::add);
        rootFirst.forEach(printer::root);
        rootFirst.addAll(resolution.packages());
        new Resolution(rootFirst).packages().stream()
                .filter(p -> !p.name().equals(root))
                .forEach(printer::nested);
        return printer.text.toString();
    }

    private void root(Package printed) {
        text.docs(printed.docs());
        text.line("package " + TypeText.packageName(printed.name()) + ";");
        text.blank();
        items(printed);
    }

    private void nested(Package printed) {
        text.blank();
        text.docs(printed.docs());
        text.open("package " + TypeText.packageName(printed.name()));
        items(printed);
        text.close();
    }

    private void items(Package printed) {
        MembersPrinter members = new MembersPrinter(text, printed.name());
        for (Interface item : printed.interfaces()) {
            text.blank();
            text.annotations(item.annotations());
            text.open("interface " + Names.escaped(item.id().name()));
            members.items(item);
            text.close();
        }
        for (World world : printed.worlds()) {
            text.blank();
            text.annotations(world.annotations());
            text.open("world " + Names.escaped(world.id().name()));
            world(world, members);
            text.close();
        }
    }

    private void world(World world, MembersPrinter members) {
        List<TypeDef> types = new ArrayList<>();
        List<Function> functions = new ArrayList<>();
        for (World.Item item : world.imports()) {
            switch (item) {
                case World.Item.Type(TypeDef type) -> types.add(type);
                case World.Item.Func(Function function) -> functions.add(function);
                default -> extern("import ", item, members);
            }
        }
        text.blank();
        members.types(types, functions);
        text.blank();
        functions.stream().filter(f -> f.resource().isEmpty()).forEach(f -> members.function("import ", f, false));
        text.blank();
        world.exports().forEach(item -> extern("export ", item, members));
    }

    private void extern(String keyword, World.Item item, MembersPrinter members) {
        switch (item) {
            case World.Item.Named(Interface type, Annotations annotations) -> {
                text.annotations(annotations);
                text.line(keyword + TypeText.path(members.home(), type.id()) + ";");
            }
            case World.Item.Renamed(String name, Interface type, Annotations annotations) -> {
                text.annotations(annotations);
                text.line(keyword + Names.escaped(name) + ": " + TypeText.path(members.home(), type.id()) + ";");
            }
            case World.Item.Inline(String name, Interface type, Annotations annotations) -> {
                text.annotations(annotations);
                text.open(keyword + Names.escaped(name) + ": interface");
                members.items(type);
                text.close();
            }
            case World.Item.Func(Function function) -> members.function(keyword, function, false);
            case World.Item.Type(TypeDef type) ->
                throw new IllegalArgumentException("a world cannot export the type " + type.name());
        }
    }
}
