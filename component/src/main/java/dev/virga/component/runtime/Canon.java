package dev.virga.component.runtime;

import dev.virga.component.abi.CanonicalAdapters;
import dev.virga.component.abi.FlatCall;
import dev.virga.component.type.ResourceType;
import dev.virga.engine.FuncType;
import dev.virga.engine.ValType;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.function.Function;

/** A core function that a {@code canon} definition makes for a component instance. */
sealed interface Canon {

    FuncType ONE_TO_ONE = new FuncType(List.of(ValType.Num.I32), List.of(ValType.Num.I32));
    FuncType ONE_TO_NONE = new FuncType(List.of(ValType.Num.I32), List.of());

    /** The component instance that calls it. */
    int instance();

    /** Its core type. */
    FuncType type();

    /** Its handle in one instance of the plan; asked for at the first call. */
    MethodHandle handle(Root root);

    /** @param implementation the number of the object that a host function is called on, −1 for a guest's */
    record Lower(
            int instance, Options options, FuncType type, boolean borrows, Item.Func target, int implementation)
            implements Canon {

        static Lower of(int instance, Options options, Item.Func target, int implementation) {
            return new Lower(
                    instance,
                    options,
                    options.async()
                            ? CanonicalAdapters.flattenAsyncLowered(target.type())
                            : CanonicalAdapters.flatten(target.type(), true),
                    Types.containsBorrow(target.type()),
                    target,
                    implementation);
        }

        @Override
        public MethodHandle handle(Root root) {
            LowerContext context = new LowerContext(root, this);
            if (target.type().async()) {
                return FlatCall.collect(type, AsyncLowering.CALL).bindTo(new AsyncLowering(context, this));
            }
            MethodHandle adapter = switch (target) {
                case Item.Host(HostFunction function) -> function.lowered();
                case Item.Lifted lifted -> root.plan.lifts().get(lifted.index()).lowered();
            };
            return adapter.bindTo(context);
        }
    }

    /** A built-in for concurrency. */
    record Builtin(int instance, FuncType type, Function<Root, MethodHandle> maker) implements Canon {
        @Override
        public MethodHandle handle(Root root) {
            return maker.apply(root);
        }
    }

    record ResourceNew(int instance, GuestResourceType resource) implements Canon {
        @Override
        public FuncType type() {
            return ONE_TO_ONE;
        }

        @Override
        public MethodHandle handle(Root root) {
            return Builtins.resourceNew(root.instance(instance), resource);
        }
    }

    record ResourceDrop(int instance, ResourceType resource) implements Canon {
        @Override
        public FuncType type() {
            return ONE_TO_NONE;
        }

        @Override
        public MethodHandle handle(Root root) {
            return Builtins.resourceDrop(root.instance(instance), resource);
        }
    }

    record ResourceRep(int instance, GuestResourceType resource) implements Canon {
        @Override
        public FuncType type() {
            return ONE_TO_ONE;
        }

        @Override
        public MethodHandle handle(Root root) {
            return Builtins.resourceRep(root.instance(instance), resource);
        }
    }
}
