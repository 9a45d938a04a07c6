package dev.virga.component.validation;

import dev.virga.component.binary.CoreTypeDef;
import dev.virga.component.binary.CoreTypeDef.CoreExtern;
import dev.virga.component.binary.CoreTypeDef.ModuleDecl;
import dev.virga.engine.ExternType;
import dev.virga.engine.FuncType;
import dev.virga.engine.Limits;
import dev.virga.engine.MemoryType;
import dev.virga.engine.ModuleType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Resolves a core type of a component. */
final class CoreTypeResolver {

    /** As engines of browsers have it. */
    private static final int MAX_PARAMETERS = 1000;

    private static final long MAX_PAGES = 1 << 16;
    private static final long MAX_PAGES_64 = 1L << 48;

    private final TypeScope scope;
    private final Context context;
    private final List<CoreType> types = new ArrayList<>();
    private final List<ModuleType.Import> imports = new ArrayList<>();
    private final List<ModuleType.Export> exports = new ArrayList<>();

    CoreTypeResolver(TypeScope scope) {
        this.scope = scope;
        this.context = scope.context();
    }

    CoreType resolve(CoreTypeDef definition) {
        return switch (definition) {
            case CoreTypeDef.Func(FuncType type) -> new CoreType.Func(type);
            case CoreTypeDef.Aggregate() -> new CoreType.Aggregate();
            case CoreTypeDef.Module(List<ModuleDecl> declarations) -> module(declarations);
        };
    }

    private CoreType module(List<ModuleDecl> declarations) {
        int before = context.offset();
        declarations.forEach(this::declare);
        context.at(before);
        ModuleType type = new ModuleType(imports, exports);
        check(type, context);
        return new CoreType.Module(type);
    }

    /**
     * The names that a component refers to a module's imports and exports by must be unique, and the
     * types small enough to be compared often.
     */
    static void check(ModuleType type, Context context) {
        Set<List<String>> imports = HashSet.newHashSet(type.imports().size());
        for (ModuleType.Import i : type.imports()) {
            checkSize(i.type(), context);
            if (!imports.add(List.of(i.module(), i.name()))) {
                throw context.invalid("duplicate import name `" + i.module() + ":" + i.name() + "` of a core module");
            }
        }
        Set<String> exports = HashSet.newHashSet(type.exports().size());
        for (ModuleType.Export e : type.exports()) {
            checkSize(e.type(), context);
            if (!exports.add(e.name())) {
                throw context.invalid("export name `" + e.name() + "` of a core module is already defined");
            }
        }
    }

    private static void checkSize(ExternType type, Context context) {
        if (type instanceof ExternType.Func(FuncType f)
                && Math.max(f.params().size(), f.results().size()) > MAX_PARAMETERS) {
            throw context.invalid("a core function has more than " + MAX_PARAMETERS + " parameters or results");
        }
    }

    private void declare(ModuleDecl declaration) {
        context.at(declaration.offset());
        switch (declaration) {
            case ModuleDecl.Type(int offset, CoreTypeDef type) -> types.add(resolve(type));
            case ModuleDecl.OuterAlias(int offset, int count, int index) -> alias(count, index);
            case ModuleDecl.Import(int offset, String module, String name, CoreExtern type) ->
                imports.add(new ModuleType.Import(module, name, extern(type)));
            case ModuleDecl.Export(int offset, String name, CoreExtern type) ->
                exports.add(new ModuleType.Export(name, extern(type)));
        }
    }

    /** A module type is a scope too: the count of an outer alias starts with it. */
    private void alias(int count, int index) {
        CoreType type = count == 0 ? own(index) : scope.outer(count - 1).coreType(index);
        if (type instanceof CoreType.Module) {
            throw context.invalid("a module type cannot refer to a module type");
        }
        types.add(type);
    }

    private CoreType own(int index) {
        if (index < 0 || index >= types.size()) {
            throw context.invalid("type index out of bounds: " + Integer.toUnsignedString(index));
        }
        return types.get(index);
    }

    private ExternType extern(CoreExtern type) {
        return switch (type) {
            case CoreExtern.Func(int index) -> new ExternType.Func(function(index));
            case CoreExtern.Tag(int index) -> {
                FuncType tag = function(index);
                if (!tag.results().isEmpty()) {
                    throw context.invalid("the type of a tag cannot have results");
                }
                yield new ExternType.Tag(tag);
            }
            case CoreExtern.Other(ExternType other) -> {
                switch (other) {
                    case ExternType.Memory(MemoryType(Limits limits, boolean shared)) -> {
                        if (shared && limits.max().isEmpty()) {
                            throw context.invalid("a shared memory must have a maximum size");
                        }
                        limits(limits, limits.is64() ? MAX_PAGES_64 : MAX_PAGES, "memory size must be at most ");
                    }
                    case ExternType.Table(var table) -> limits(table.limits(), Long.MAX_VALUE, "table size must be at most ");
                    case ExternType.Func f -> {}
                    case ExternType.Global g -> {}
                    case ExternType.Tag t -> {}
                }
                yield other;
            }
        };
    }

    private void limits(Limits limits, long most, String message) {
        long max = limits.max().orElse(limits.min());
        if (Long.compareUnsigned(limits.min(), most) > 0 || Long.compareUnsigned(max, most) > 0) {
            throw context.invalid(message + most);
        }
        if (Long.compareUnsigned(limits.min(), max) > 0) {
            throw context.invalid("size minimum must not be greater than maximum");
        }
    }

    private FuncType function(int index) {
        if (own(index) instanceof CoreType.Func(FuncType type)) {
            return type;
        }
        throw context.invalid("core type index " + index + " is not a function type");
    }
}
