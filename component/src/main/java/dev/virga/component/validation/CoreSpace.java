package dev.virga.component.validation;

import dev.virga.component.binary.Sort;
import dev.virga.engine.ExternType;
import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.MemoryType;
import dev.virga.engine.ModuleType;
import dev.virga.engine.TableType;
import java.util.Map;

/** The index spaces of core items in a component, core types aside. */
final class CoreSpace {

    private final Context context;
    final IndexSpace<FuncType> funcs;
    final IndexSpace<TableType> tables;
    final IndexSpace<MemoryType> memories;
    final IndexSpace<GlobalType> globals;
    final IndexSpace<FuncType> tags;
    final IndexSpace<ModuleType> modules;
    /** An instance is what it exports, by name. */
    final IndexSpace<Map<String, ExternType>> instances;

    CoreSpace(Context context) {
        this.context = context;
        this.funcs = new IndexSpace<>("core function", context);
        this.tables = new IndexSpace<>("core table", context);
        this.memories = new IndexSpace<>("core memory", context);
        this.globals = new IndexSpace<>("core global", context);
        this.tags = new IndexSpace<>("core tag", context);
        this.modules = new IndexSpace<>("core module", context);
        this.instances = new IndexSpace<>("core instance", context);
    }

    ExternType get(Sort sort, int index) {
        return switch (sort) {
            case CORE_FUNC -> new ExternType.Func(funcs.get(index));
            case CORE_TABLE -> new ExternType.Table(tables.get(index));
            case CORE_MEMORY -> new ExternType.Memory(memories.get(index));
            case CORE_GLOBAL -> new ExternType.Global(globals.get(index));
            case CORE_TAG -> new ExternType.Tag(tags.get(index));
            default -> throw context.invalid("a core instance cannot export a " + sort);
        };
    }

    /** Gives a core instance's export the next index of its sort. */
    void alias(Sort sort, int instance, String name) {
        ExternType export = instances.get(instance).get(name);
        if (export == null) {
            throw context.invalid("core instance " + instance + " has no export named `" + name + "`");
        }
        boolean fits = switch (export) {
            case ExternType.Func(FuncType type) when sort == Sort.CORE_FUNC -> funcs.add(type);
            case ExternType.Table(TableType type) when sort == Sort.CORE_TABLE -> tables.add(type);
            case ExternType.Memory(MemoryType type) when sort == Sort.CORE_MEMORY -> memories.add(type);
            case ExternType.Global(GlobalType type) when sort == Sort.CORE_GLOBAL -> globals.add(type);
            case ExternType.Tag(FuncType type) when sort == Sort.CORE_TAG -> tags.add(type);
            default -> false;
        };
        if (!fits) {
            throw context.invalid("export `" + name + "` for core instance " + instance + " is not a " + sort);
        }
    }
}
