package dev.virga.wit;

import dev.virga.wit.Declarations.Declared;
import java.util.ArrayList;
import java.util.List;

/** Resolves worlds: joins what they include, resolves their own types and adds what is used implicitly. */
final class WorldResolver {

    private final Resolver resolver;
    private final InterfaceResolver interfaces;
    private final WorldFlattener flattener;

    WorldResolver(Resolver resolver, InterfaceResolver interfaces) {
        this.resolver = resolver;
        this.interfaces = interfaces;
        this.flattener = new WorldFlattener(resolver, interfaces);
    }

    World resolve(Declared declared, Ast.WorldDecl decl) {
        FlatWorld flat = flattener.flatten(declared, declared.scope(), decl.name().at());
        TypeScope types = new TypeScope(declared.id(), resolver, interfaces);
        for (FlatWorld.Entry entry : flat.imports().values()) {
            if (entry instanceof FlatWorld.Used used) {
                types.use(used.scope(), used.path(), used.name(), used.annotations());
            } else if (entry instanceof FlatWorld.Typed typed) {
                types.declare(typed.scope(), typed.decl());
            }
        }
        List<TypeDef> defined = types.resolve();
        FunctionResolver functions = new FunctionResolver(resolver, types);

        List<World.Item> imports = new ArrayList<>();
        List<World.Item> exports = new ArrayList<>();
        flat.imports().values().forEach(e -> addItem(declared.id(), true, e, functions, imports));
        flat.exports().values().forEach(e -> addItem(declared.id(), false, e, functions, exports));
        defined.forEach(t -> imports.add(new World.Item.Type(t)));
        functions.resolve().forEach(f -> imports.add(new World.Item.Func(f)));

        ImplicitImports implicit = new ImplicitImports(resolver.limits(), interfaces, declared);
        return implicit.complete(imports, exports, decl.annotations());
    }

    private void addItem(
            Id world, boolean imported, FlatWorld.Entry entry, FunctionResolver functions, List<World.Item> items) {
        switch (entry) {
            case FlatWorld.ByPath e -> items.add(new World.Item.Named(e.type(), e.annotations()));
            case FlatWorld.Renamed e -> items.add(new World.Item.Renamed(e.name().text(), e.type(), e.annotations()));
            case FlatWorld.Inline e -> {
                Id id = world.inline(imported, e.name().text());
                Interface inline = interfaces.resolve(id, e.scope(), e.items(), Annotations.NONE);
                items.add(new World.Item.Inline(e.name().text(), inline, e.annotations()));
            }
            case FlatWorld.Func e -> resolver.problems().attempt(
                    () -> items.add(new World.Item.Func(functions.freestanding(e.scope(), e.decl()))));
            case FlatWorld.Used e -> { }
            case FlatWorld.Typed e -> { }
        }
    }
}
