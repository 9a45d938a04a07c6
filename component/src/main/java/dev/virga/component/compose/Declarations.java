package dev.virga.component.compose;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.compose.Extern.Member;
import dev.virga.component.wit.TypeNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The definitions of the result, or the declarations of a type in it, as they are written. A type
 * that is asked for gets its index where it is asked for first: as the alias of an export of an
 * instance, as an alias of what an outer scope has, or by being defined.
 */
final class Declarations {

    /** The export of an instance that a type is. */
    private record Place(int instance, String name) {}

    private final Optional<Declarations> outer;
    private final OpenImports imports;
    private final List<Definition> definitions = new ArrayList<>();
    private final Map<Sort, Integer> counts = new EnumMap<>(Sort.class);
    private final Map<TypeNode, Integer> types = new IdentityHashMap<>();
    private final Map<TypeNode, Place> places = new IdentityHashMap<>();

    private Declarations(Optional<Declarations> outer, OpenImports imports) {
        this.outer = outer;
        this.imports = imports;
    }

    static Declarations ofResult(OpenImports imports) {
        return new Declarations(Optional.empty(), imports);
    }

    List<Definition> definitions() {
        return definitions;
    }

    /** Adds a definition of something of this sort; its index there. */
    int add(Sort sort, Definition definition) {
        imports.charge(DefinitionSize.of(definition));
        definitions.add(definition);
        return counts.merge(sort, 1, Integer::sum) - 1;
    }

    /** Adds an import. */
    Definition.Ref addImport(Member member) {
        return declare(member, new Definition.Import(0, member.name(), reference(member.extern())));
    }

    private void addExport(Member member) {
        declare(member, new Definition.ExportDecl(0, member.name(), reference(member.extern())));
    }

    private Definition.Ref declare(Member member, Definition definition) {
        Sort sort = switch (member.extern()) {
            case Extern.Func _ -> Sort.FUNC;
            case Extern.Type _ -> Sort.TYPE;
            case Extern.Instance _ -> Sort.INSTANCE;
            case Extern.Module _ -> Sort.CORE_MODULE;
            case Extern.Component _ -> Sort.COMPONENT;
        };
        Definition.Ref ref = new Definition.Ref(sort, add(sort, definition));
        register(member.extern(), ref.index());
        return ref;
    }

    /** The type of an import or export, defined here where it is not yet. */
    ExternTypeRef reference(Extern extern) {
        return switch (extern) {
            case Extern.Func(TypeNode type) -> new ExternTypeRef.Func(index(type));
            case Extern.Type(TypeNode type) -> switch (imports.same(type)) {
                case TypeNode.Resource _ -> new ExternTypeRef.SubResource();
                case TypeNode.Alias(TypeNode target) -> new ExternTypeRef.TypeEq(index(target));
                case TypeNode.Defined defined -> new ExternTypeRef.TypeEq(define(defined));
            };
            case Extern.Instance(Map<String, Member> exports) -> {
                Declarations inner = new Declarations(Optional.of(this), imports);
                exports.values().forEach(inner::addExport);
                yield new ExternTypeRef.Instance(define(new TypeDef.Instance(inner.definitions)));
            }
            case Extern.Component(Map<String, Member> imported, Map<String, Member> exported) -> {
                Declarations inner = new Declarations(Optional.of(this), imports);
                imported.values().forEach(inner::addImport);
                exported.values().forEach(inner::addExport);
                yield new ExternTypeRef.Component(define(new TypeDef.Component(inner.definitions)));
            }
            case Extern.Module(var type) -> new ExternTypeRef.CoreModule(
                    add(Sort.CORE_TYPE, new Definition.CoreType(0, ModuleTypes.definition(type))));
        };
    }

    /** Notes that an import or export has this index, and so where its types are. */
    void register(Extern extern, int index) {
        switch (extern) {
            case Extern.Type(TypeNode type) -> types.put(imports.same(type), index);
            case Extern.Instance(Map<String, Member> exports) -> exports.forEach((name, member) -> {
                switch (member.extern()) {
                    case Extern.Type(TypeNode type) -> places.putIfAbsent(imports.same(type), new Place(index, name));
                    case Extern.Instance nested -> register(
                            nested,
                            add(Sort.INSTANCE, new Definition.AliasExport(0, Sort.INSTANCE, index, name)));
                    default -> {}
                }
            });
            default -> {}
        }
    }

    private int index(TypeNode given) {
        TypeNode type = imports.same(given);
        Integer known = types.get(type);
        if (known == null) {
            known = find(type);
            types.put(type, known);
        }
        return known;
    }

    private int find(TypeNode type) {
        Place place = places.get(type);
        if (place != null) {
            return add(Sort.TYPE, new Definition.AliasExport(0, Sort.TYPE, place.instance(), place.name()));
        }
        int level = 1;
        for (Optional<Declarations> scope = outer; scope.isPresent(); scope = scope.get().outer) {
            if (scope.get().holds(type)) {
                return add(Sort.TYPE, new Definition.AliasOuter(0, Sort.TYPE, level, scope.get().index(type)));
            }
            level++;
        }
        if (outer.isEmpty() && imports.requires(type)) {
            return index(type);
        }
        return switch (type) {
            case TypeNode.Alias(TypeNode target) -> index(target);
            case TypeNode.Defined defined -> define(defined);
            case TypeNode.Resource _ ->
                throw new ComponentException.Unsupported("an export that uses a resource without a name of its own");
        };
    }

    /** Whether a type that an inner scope asks for is to be found here. */
    private boolean holds(TypeNode type) {
        return types.containsKey(type)
                || places.containsKey(type)
                || outer.isEmpty() && (imports.owns(type) || isOfComponent(type));
    }

    private static boolean isOfComponent(TypeNode type) {
        return type instanceof TypeNode.Defined(TypeDef _, var scope) && !scope.isOfType();
    }

    private int define(TypeNode.Defined type) {
        return define(TypeDefs.map(type.definition(), i -> index(type.scope().type(i))));
    }

    private int define(TypeDef type) {
        return add(Sort.TYPE, new Definition.Type(0, type));
    }
}
