package dev.virga.component.runtime;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.AsyncCanon;
import dev.virga.component.binary.CanonDef;
import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.CoreTypeDef;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.type.FunctionType;
import dev.virga.engine.CoreModule;
import dev.virga.engine.ExternType;
import dev.virga.engine.FuncType;
import dev.virga.engine.ModuleType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * Evaluates a component's definitions without instantiating anything: nested components are
 * instantiated symbolically, with their imports bound to the items that they are given. What is left
 * is the list of core modules to instantiate and where each import comes from.
 */
public final class Planner {

    /** Components can multiply: ten levels of two instances each are a thousand. */
    private static final int MAX_INSTANCES = 10_000;

    /** Counts names and parts of types as well, for each takes memory in every instance. */
    private static final int MAX_DEFINITIONS = 2_000_000;

    private static final int MAX_DEPTH = 100;

    private final List<Integer> parents = new ArrayList<>();
    private final List<Plan.Instantiate> modules = new ArrayList<>();
    private final List<Canon> canons = new ArrayList<>();
    private final List<Lift> lifts = new ArrayList<>();
    private final List<GuestResourceType> resources = new ArrayList<>();
    private final List<Implementation> implementations = new ArrayList<>();
    private final ElementTypes elements = new ElementTypes();
    private final BitSet concurrent = new BitSet();
    private final BitSet blocking = new BitSet();
    private final BitSet threaded = new BitSet();
    private int definitions;
    private int depth;

    /** Which of several components is planned. */
    private OptionalInt part = OptionalInt.empty();

    private Planner() {}

    /** @param imports the root's imports, resolved and checked */
    public static Plan plan(Item.Component root, Map<String, Item> imports) {
        Planner planner = new Planner();
        return planner.plan(planner.instantiate(root, imports, -1));
    }

    /**
     * Components beside each other, each with data of its own. They are given the exports of those before
     * them, and the last one's are the plan's.
     *
     * @param imports resolves a component's imports with what those before it export
     */
    public static Plan plan(
            List<Item.Component> components,
            BiFunction<Item.Component, Map<String, Item>, Map<String, Item>> imports) {
        Planner planner = new Planner();
        Map<String, Item> exported = new LinkedHashMap<>();
        Item.Instance last = new Item.Instance(Map.of());
        for (int i = 0; i < components.size(); i++) {
            planner.part = OptionalInt.of(i);
            Item.Component component = components.get(i);
            last = planner.instantiate(component, imports.apply(component, exported), -1);
            exported.putAll(last.exports());
        }
        return planner.plan(last);
    }

    private Plan plan(Item.Instance root) {
        return new Plan(
                parents.stream().mapToInt(Integer::intValue).toArray(),
                List.copyOf(modules),
                List.copyOf(canons),
                List.copyOf(lifts),
                List.copyOf(resources),
                List.copyOf(implementations),
                root.exports(),
                elements,
                concurrent,
                blocking,
                threaded);
    }

    private Item.Instance instantiate(Item.Component component, Map<String, Item> imports, int parent) {
        bound(parents.size(), MAX_INSTANCES, "component instances");
        if (++depth > MAX_DEPTH) {
            throw new ComponentException.Unsupported(
                    "components are instantiated more than " + MAX_DEPTH + " levels deep");
        }
        Scope scope = new Scope(parents.size(), component.modules(), component.outer());
        parents.add(parent);
        Map<String, Item> exports = new LinkedHashMap<>();
        for (Definition definition : component.binary().definitions()) {
            definitions += size(definition);
            bound(definitions, MAX_DEFINITIONS, "definitions in all component instances");
            evaluate(definition, scope, imports, exports);
        }
        depth--;
        return new Item.Instance(exports);
    }

    private void evaluate(Definition next, Scope scope, Map<String, Item> imports, Map<String, Item> exports) {
        switch (next) {
            case Definition.CoreModule module ->
                scope.add(Sort.CORE_MODULE, new Item.Module(scope.modules.of(module)));
            case Definition.Component(int _, ComponentBinary binary) ->
                scope.add(Sort.COMPONENT, new Item.Component(binary, scope.modules, Optional.empty(), Optional.of(scope)));
            case Definition.CoreInstantiate d -> scope.add(Sort.CORE_INSTANCE, coreInstantiate(d, scope));
            case Definition.CoreInline(int _, List<Definition.CoreNamed> named) -> {
                Map<String, Item.Core> items = new LinkedHashMap<>();
                named.forEach(n -> items.put(n.name(), (Item.Core) item(n.ref(), scope)));
                scope.add(Sort.CORE_INSTANCE, new Item.CoreInline(items));
            }
            case Definition.Instantiate(int _, int component, List<Definition.Argument> args) -> {
                Map<String, Item> given = new LinkedHashMap<>();
                args.forEach(a -> given.put(a.name(), item(a.ref(), scope)));
                Item.Component callee = (Item.Component) scope.get(Sort.COMPONENT, component);
                scope.add(Sort.INSTANCE, instantiate(callee, given, scope.instance));
            }
            case Definition.Inline(int _, List<Definition.InlineExport> named) -> {
                Map<String, Item> items = new LinkedHashMap<>();
                named.forEach(n -> items.put(n.name().text(), item(n.ref(), scope)));
                scope.add(Sort.INSTANCE, new Item.Instance(items));
            }
            case Definition.AliasExport(int _, Sort sort, int instance, String name) ->
                scope.add(sort, ((Item.Instance) scope.get(Sort.INSTANCE, instance)).exports().get(name));
            case Definition.AliasCoreExport(int _, Sort sort, int instance, String name) ->
                scope.add(sort, coreExport((Item.CoreInstance) scope.get(Sort.CORE_INSTANCE, instance), name));
            case Definition.AliasOuter(int _, Sort sort, int count, int index) ->
                scope.add(sort, scope.outer(count).get(sort, index));
            case Definition.CoreType(int _, CoreTypeDef type) ->
                scope.add(
                        Sort.CORE_TYPE,
                        new Item.CoreType(
                                type instanceof CoreTypeDef.Func(FuncType function)
                                        ? Optional.of(function)
                                        : Optional.empty()));
            case Definition.Type(int _, var definition) -> {
                Item.Type type = new TypeEvaluator(scope).type(definition);
                if (type.type().orElse(null) instanceof GuestResourceType resource) {
                    resources.add(resource);
                }
                scope.add(Sort.TYPE, type);
            }
            case Definition.Canon(int _, CanonDef canon) -> canon(canon, scope);
            case Definition.Import(int _, var name, var _) -> {
                Item item = imports.get(name.text());
                scope.add(sort(item), item);
            }
            case Definition.Export(int _, var name, Definition.Ref ref, var _) -> {
                Item item = item(ref, scope);
                if (item instanceof Item.Type(var type) && type.orElse(null) instanceof GuestResourceType resource) {
                    resource.exportedAs(name.text());
                }
                exports.put(name.text(), item);
                scope.add(ref.sort(), item);
            }
            case Definition.Start _, Definition.Value _ ->
                throw new ComponentException.Unsupported("values in components and their start functions"
                        + " are not supported (a gated feature of the component model)");
            case Definition.ExportDecl _ -> throw new IllegalArgumentException("a declaration outside of a type");
        }
    }

    private static Item item(Definition.Ref ref, Scope scope) {
        return scope.get(ref.sort(), ref.index());
    }

    private static Sort sort(Item item) {
        return switch (item) {
            case Item.Func _ -> Sort.FUNC;
            case Item.Type _ -> Sort.TYPE;
            case Item.Instance _ -> Sort.INSTANCE;
            case Item.Component _ -> Sort.COMPONENT;
            case Item.Module _ -> Sort.CORE_MODULE;
            case Item.Core _, Item.CoreInstance _, Item.CoreType _ ->
                throw new IllegalArgumentException("a component cannot import core items");
        };
    }

    private Item.CoreInstance coreInstantiate(Definition.CoreInstantiate definition, Scope scope) {
        bound(modules.size(), MAX_INSTANCES, "core instances");
        CoreModule module = ((Item.Module) scope.get(Sort.CORE_MODULE, definition.module())).module();
        Map<String, Item.CoreInstance> args = new LinkedHashMap<>();
        for (Definition.CoreNamed arg : definition.args()) {
            args.put(arg.name(), (Item.CoreInstance) item(arg.ref(), scope));
        }
        List<ModuleType.Import> wanted = module.type().imports();
        definitions += wanted.size();
        Item.Core[] imports = new Item.Core[wanted.size()];
        for (int i = 0; i < imports.length; i++) {
            imports[i] = coreExport(args.get(wanted.get(i).module()), wanted.get(i).name());
        }
        modules.add(new Plan.Instantiate(scope.instance, module, imports));
        return new Item.CoreMade(modules.size() - 1, module.type());
    }

    private static Item.Core coreExport(Item.CoreInstance instance, String name) {
        return switch (instance) {
            case Item.CoreInline(Map<String, Item.Core> exports) -> exports.get(name);
            case Item.CoreMade(int slot, ModuleType type) -> {
                int index = type.exportIndex(name).orElseThrow();
                yield new Item.CoreExport(slot, index, type.exports().get(index).type());
            }
        };
    }

    private void canon(CanonDef definition, Scope scope) {
        TypeEvaluator types = new TypeEvaluator(scope);
        switch (definition) {
            case CanonDef.Lift(int coreFunc, CanonDef.Options options, int type) -> {
                FunctionType function = types.function(type);
                Item.Core core = (Item.Core) scope.get(Sort.CORE_FUNC, coreFunc);
                lifts.add(new Lift(scope.instance, core, options(options, scope), function, elements));
                if (Types.isConcurrent(function)) {
                    concurrent.set(scope.instance);
                }
                scope.add(Sort.FUNC, new Item.Lifted(lifts.size() - 1, function));
            }
            case CanonDef.Lower(int func, CanonDef.Options options) -> {
                Item.Func target = (Item.Func) scope.get(Sort.FUNC, func);
                if (Types.isConcurrent(target.type())) {
                    concurrent.set(scope.instance);
                }
                if (target.type().async() && !options.async()) {
                    blocking.set(scope.instance);
                }
                define(Canon.Lower.of(scope.instance, options(options, scope), target, implementation(target)), scope);
            }
            case CanonDef.ResourceNew(int type) ->
                define(new Canon.ResourceNew(scope.instance, (GuestResourceType) types.resource(type)), scope);
            case CanonDef.ResourceDrop(int type) ->
                define(new Canon.ResourceDrop(scope.instance, types.resource(type)), scope);
            case CanonDef.ResourceRep(int type) ->
                define(new Canon.ResourceRep(scope.instance, (GuestResourceType) types.resource(type)), scope);
            case AsyncCanon async -> {
                concurrent.set(scope.instance);
                if (AsyncCanons.blocks(async)) {
                    blocking.set(scope.instance);
                }
                if (AsyncCanons.numbersThreads(async)) {
                    threaded.set(scope.instance);
                }
                define(new AsyncCanons(scope, types, elements, o -> options(o, scope)).canon(async), scope);
            }
        }
    }

    private void define(Canon canon, Scope scope) {
        canons.add(canon);
        scope.add(Sort.CORE_FUNC, new Item.CoreCanon(canons.size() - 1, new ExternType.Func(canon.type())));
    }

    private Options options(CanonDef.Options options, Scope scope) {
        return new Options(
                options.encoding(),
                memory(options.memory(), scope),
                core(options.realloc(), Sort.CORE_FUNC, scope),
                core(options.postReturn(), Sort.CORE_FUNC, scope),
                options.async(),
                core(options.callback(), Sort.CORE_FUNC, scope));
    }

    private static Optional<Item.Core> memory(OptionalInt index, Scope scope) {
        Optional<Item.Core> memory = core(index, Sort.CORE_MEMORY, scope);
        if (memory.isPresent() && memory.get().type() instanceof ExternType.Memory(var type) && type.limits().is64()) {
            throw new ComponentException.Unsupported("the canonical option memory names a 64-bit memory, which is not"
                    + " supported: memory64 in the Canonical ABI is a gated feature of the component model");
        }
        return memory;
    }

    private static Optional<Item.Core> core(OptionalInt index, Sort sort, Scope scope) {
        return index.isPresent() ? Optional.of((Item.Core) scope.get(sort, index.getAsInt())) : Optional.empty();
    }

    /** The number of the object that a host function is called on. */
    private int implementation(Item.Func target) {
        if (!(target instanceof Item.Host(HostFunction function))) {
            return -1;
        }
        Implementation wanted = function.implementation().calledBy(part);
        int known = implementations.indexOf(wanted);
        if (known < 0) {
            implementations.add(wanted);
            return implementations.size() - 1;
        }
        return known;
    }

    /** How much a definition adds to a plan, roughly. */
    private static int size(Definition definition) {
        return 1
                + switch (definition) {
                    case Definition.CoreInstantiate(int _, int _, var args) -> args.size();
                    case Definition.CoreInline(int _, var exports) -> exports.size();
                    case Definition.Instantiate(int _, int _, var args) -> args.size();
                    case Definition.Inline(int _, var exports) -> exports.size();
                    case Definition.Type(int _, TypeDef type) -> switch (type) {
                        case TypeDef.Record(var fields) -> fields.size();
                        case TypeDef.Variant(var cases) -> cases.size();
                        case TypeDef.Tuple(var types) -> types.size();
                        case TypeDef.Func(var params, var _, var _) -> params.size();
                        default -> 0;
                    };
                    default -> 0;
                };
    }

    private static void bound(int count, int limit, String what) {
        if (count >= limit) {
            throw new ComponentException.Unsupported("more than " + limit + " " + what);
        }
    }
}
