package dev.virga.component.runtime;

import dev.virga.component.type.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The handles of the canonical built-ins on resources. */
final class Builtins {

    private static final MethodHandle NEW = find("resourceNew", GuestResourceType.class, int.class);
    private static final MethodHandle DROP = find("resourceDrop", ResourceType.class, void.class);
    private static final MethodHandle REP = find("resourceRep", GuestResourceType.class, int.class);

    private Builtins() {}

    static MethodHandle resourceNew(GuestInstance instance, GuestResourceType type) {
        return MethodHandles.insertArguments(NEW, 0, instance, type);
    }

    static MethodHandle resourceDrop(GuestInstance instance, ResourceType type) {
        return MethodHandles.insertArguments(DROP, 0, instance, type);
    }

    static MethodHandle resourceRep(GuestInstance instance, GuestResourceType type) {
        return MethodHandles.insertArguments(REP, 0, instance, type);
    }

    private static MethodHandle find(String method, Class<?> resource, Class<?> result) {
        try {
            return MethodHandles.lookup()
                    .findVirtual(GuestInstance.class, method, MethodType.methodType(result, resource, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
