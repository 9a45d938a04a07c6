package dev.virga.component.runtime;

import dev.virga.engine.FuncType;
import dev.virga.engine.ValType.Num;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes canonical built-ins of static methods {@code (GuestInstance, immediates, core params) → core
 * result}, each of which is found once. Those with canonical options take a {@link BuiltinContext} instead.
 */
record BuiltinHandles(MethodHandles.Lookup lookup) {

    static final FuncType NOTHING = new FuncType(List.of(), List.of());
    static final FuncType TO_ONE = new FuncType(List.of(), List.of(Num.I32));
    static final FuncType TWO_TO_ONE = new FuncType(List.of(Num.I32, Num.I32), List.of(Num.I32));
    static final FuncType TWO_TO_NONE = new FuncType(List.of(Num.I32, Num.I32), List.of());

    /** @param immediates objects, booleans and ints, which are parameters of these very types */
    Canon canon(int instance, FuncType type, String method, Object... immediates) {
        MethodHandle handle = handle(GuestInstance.class, type, method, immediates);
        return new Canon.Builtin(instance, type, root -> handle.bindTo(root.instance(instance)));
    }

    /** @param immediates as above */
    Canon canon(int instance, Options options, FuncType type, String method, Object... immediates) {
        MethodHandle handle = handle(BuiltinContext.class, type, method, immediates);
        return new Canon.Builtin(
                instance, type, root -> handle.bindTo(new BuiltinContext(root, instance, options, false)));
    }

    private MethodHandle handle(Class<?> owner, FuncType type, String method, Object... immediates) {
        List<Class<?>> params = new ArrayList<>(List.of(owner));
        for (Object immediate : immediates) {
            params.add(MethodType.methodType(immediate.getClass()).unwrap().returnType());
        }
        MethodType core = type.methodType();
        params.addAll(core.parameterList());
        MethodHandle found = find(method, MethodType.methodType(core.returnType(), params));
        return MethodHandles.insertArguments(found, 1, immediates);
    }

    private MethodHandle find(String method, MethodType type) {
        try {
            return lookup.findStatic(lookup.lookupClass(), method, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the built-in " + method + type, e);
        }
    }
}
