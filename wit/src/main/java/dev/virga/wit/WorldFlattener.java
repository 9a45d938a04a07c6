package dev.virga.wit;

import dev.virga.wit.Declarations.Declared;
import dev.virga.wit.FlatWorld.Entry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts the items of included worlds in the place of {@code include} (WIT.md, "Union of Worlds"). */
final class WorldFlattener {

    private final Resolver resolver;
    private final InterfaceResolver interfaces;
    private final Map<Id, FlatWorld> flattened = new HashMap<>();

    WorldFlattener(Resolver resolver, InterfaceResolver interfaces) {
        this.resolver = resolver;
        this.interfaces = interfaces;
    }

    FlatWorld flatten(Declared declared, Scope from, int at) {
        FlatWorld known = flattened.get(declared.id());
        if (known != null) {
            return known;
        }
        if (!(declared.item() instanceof Ast.WorldDecl decl)) {
            throw from.error(at, "'" + declared.id() + "' is an interface, not a world");
        }
        resolver.enter(declared, from, at);
        FlatWorld flat;
        try {
            flat = flatten(declared.scope(), decl);
        } finally {
            resolver.leave(declared);
        }
        if (flat.depth() > Limits.MAX_DEPTH) {
            throw resolver.refuse(declared, from.error(at,
                    "worlds include each other over more than " + Limits.MAX_DEPTH + " steps"));
        }
        flattened.put(declared.id(), flat);
        return flat;
    }

    private FlatWorld flatten(Scope scope, Ast.WorldDecl decl) {
        Map<String, Entry> imports = new LinkedHashMap<>();
        Map<String, Entry> exports = new LinkedHashMap<>();
        AtomicInteger depth = new AtomicInteger(1);
        for (Ast.WorldItem item : decl.items()) {
            resolver.problems().attempt(() -> {
                if (!(item instanceof Ast.Include include)) {
                    add(scope, item, imports, exports);
                } else if (resolver.admit(include.annotations(), scope, include.path().at())) {
                    FlatWorld included = flatten(resolver.find(scope, include.path()), scope, include.path().at());
                    depth.accumulateAndGet(included.depth() + 1, Math::max);
                    include(scope, include, included, imports, exports);
                }
            });
        }
        return new FlatWorld(imports, exports, depth.get());
    }

    private void add(Scope scope, Ast.WorldItem item, Map<String, Entry> imports, Map<String, Entry> exports) {
        switch (item) {
            case Ast.Use use -> {
                if (resolver.admit(use.annotations(), scope, use.path().at())) {
                    if (use.names().isEmpty()) {
                        interfaces.at(scope, use.path());
                    }
                    use.names().forEach(n -> put(scope, n.name(), imports,
                            new FlatWorld.Used(scope, use.path(), n, use.annotations())));
                }
            }
            case Ast.TypeDecl type -> {
                if (resolver.admit(type.annotations(), scope, type.name().at())) {
                    put(scope, type.name(), imports, new FlatWorld.Typed(scope, type));
                }
            }
            case Ast.Extern extern -> {
                if (resolver.admit(extern.annotations(), scope, extern.at())) {
                    add(scope, extern, extern.imported() ? imports : exports);
                }
            }
            case Ast.Include include -> throw new AssertionError("handled by flatten");
        }
    }

    private void add(Scope scope, Ast.Extern extern, Map<String, Entry> items) {
        Annotations annotations = extern.annotations();
        switch (extern.type()) {
            case Ast.ExternType.ByPath(Ast.Path path) -> {
                Interface type = interfaces.at(scope, path);
                put(scope, new Ast.Name(type.id().toString(), path.at()), items,
                        new FlatWorld.ByPath(type, annotations));
            }
            case Ast.ExternType.Renamed(Ast.Name name, Ast.Path path) ->
                put(scope, name, items, new FlatWorld.Renamed(name, interfaces.at(scope, path), annotations));
            case Ast.ExternType.Inline(Ast.Name name, var inline) ->
                put(scope, name, items, new FlatWorld.Inline(scope, name, inline, annotations));
            case Ast.ExternType.Func(Ast.FuncDecl function) ->
                put(scope, function.name(), items, new FlatWorld.Func(scope, function));
        }
    }

    private static void put(Scope scope, Ast.Name name, Map<String, Entry> items, Entry entry) {
        if (items.putIfAbsent(key(name.text()), entry) != null) {
            throw scope.error(name, "the name '" + name.text() + "' is there twice in this world; names are unique"
                    + " among imports and among exports, and 'include … with { a as b }' replaces one");
        }
    }

    /** Names that differ only in case are the same. */
    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void include(Scope scope, Ast.Include include, FlatWorld world,
            Map<String, Entry> imports, Map<String, Entry> exports) {
        Map<String, Ast.Name> renames = new HashMap<>();
        for (Ast.UseName rename : include.renames()) {
            String key = key(rename.original().text());
            if (renames.put(key, rename.name()) != null) {
                throw scope.error(rename.original(), "'" + rename.original().text() + "' is replaced twice");
            }
            if (!world.imports().containsKey(key) && !world.exports().containsKey(key)) {
                throw scope.error(rename.original(), "the included world has no import or export of the plain name '"
                        + rename.original().text() + "'");
            }
        }
        Map<String, String> types = new HashMap<>();
        for (Ast.UseName rename : include.renames()) {
            Entry entry = world.imports().get(key(rename.original().text()));
            if (entry instanceof FlatWorld.Used || entry instanceof FlatWorld.Typed) {
                types.put(rename.original().text(), rename.name().text());
            }
        }
        include(scope, include, world.imports(), renames, types, imports);
        include(scope, include, world.exports(), renames, types, exports);
    }

    private void include(Scope scope, Ast.Include include, Map<String, Entry> included, Map<String, Ast.Name> renames,
            Map<String, String> types, Map<String, Entry> items) {
        included.forEach((key, entry) -> {
            resolver.limits().work(scope, include.path().at());
            Entry seen = types.isEmpty() ? entry : entry.renamingTypes(types);
            Ast.Name name = renames.get(key);
            if (name != null) {
                put(scope, name, items, seen.named(name));
            } else if (!isSame(items.get(key), seen)) {
                put(scope, new Ast.Name(key, include.path().at()), items, seen);
            }
        });
    }

    /** Whether an included item is there already and means the same: an interface, or a use of one type. */
    private static boolean isSame(Entry there, Entry included) {
        return switch (included) {
            case FlatWorld.ByPath e -> there instanceof FlatWorld.ByPath;
            case FlatWorld.Used e -> there instanceof FlatWorld.Used t
                    && t.scope().id(t.path()).equals(e.scope().id(e.path()))
                    && t.name().original().text().equals(e.name().original().text())
                    && t.scope().renamed(t.name().name().text()).equals(e.scope().renamed(e.name().name().text()));
            case FlatWorld.Typed e -> there == included;
            default -> false;
        };
    }
}
