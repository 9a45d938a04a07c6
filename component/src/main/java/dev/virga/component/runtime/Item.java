package dev.virga.component.runtime;

import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.engine.CoreModule;
import dev.virga.engine.ExternType;
import dev.virga.engine.FuncType;
import dev.virga.engine.ModuleType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an index of a component stands for, as far as it is known before there is an instance. The
 * planner's index spaces hold these.
 */
public sealed interface Item {

    /** Its type, as far as a component can import it. */
    default ExternDesc describe() {
        return switch (this) {
            case Func func -> new ExternDesc.Func(func.type());
            case Module(CoreModule module) -> new ExternDesc.CoreModule(module.type());
            case Type(Optional<DefType> type) -> new ExternDesc.Type(type.orElse(new InstanceType(Map.of())));
            case Component component -> new ExternDesc.Component(component.type().orElseThrow());
            case Instance(Map<String, Item> exports) -> {
                Map<String, ExternDesc> types = new LinkedHashMap<>();
                exports.forEach((name, item) -> types.put(name, item.describe()));
                yield new ExternDesc.Instance(new InstanceType(types));
            }
            case Core _, CoreInstance _, CoreType _ -> throw new IllegalStateException("a core item has no component type");
        };
    }

    /** A core function, memory, table, global or tag: where an instance of the plan finds it. */
    sealed interface Core extends Item {
        ExternType type();
    }

    /** Export number {@code export} of the core instance in slot {@code instance}. */
    record CoreExport(int instance, int export, ExternType type) implements Core {}

    /** Function number {@code index} of those that the plan itself defines by {@code canon}. */
    record CoreCanon(int index, ExternType type) implements Core {}

    record Module(CoreModule module) implements Item {}

    /** A core type; only functions' are asked for. */
    record CoreType(Optional<FuncType> function) implements Item {}

    sealed interface CoreInstance extends Item {}

    /** An instantiated core module. */
    record CoreMade(int slot, ModuleType type) implements CoreInstance {}

    /** A core instance that only gathers items under names. */
    record CoreInline(Map<String, Core> exports) implements CoreInstance {}

    sealed interface Func extends Item {
        FunctionType type();
    }

    /** Lifted function number {@code index} of the plan. */
    record Lifted(int index, FunctionType type) implements Func {}

    /** A function of the host. */
    record Host(HostFunction function) implements Func {
        @Override
        public FunctionType type() {
            return function.type();
        }
    }

    /** A type; empty for those that nothing at run time depends on. */
    record Type(Optional<DefType> type) implements Item {
        static final Type NONE = new Type(Optional.empty());

        public static Type of(DefType type) {
            return new Type(Optional.of(type));
        }
    }

    record Instance(Map<String, Item> exports) implements Item {
        public Instance {
            exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        }
    }

    /**
     * A component.
     *
     * @param type of one that is offered; of a nested one nobody asks for it
     * @param outer the scope that its outer aliases reach
     */
    record Component(
            ComponentBinary binary, Modules modules, Optional<ComponentType> type, Optional<Scope> outer)
            implements Item {}
}
