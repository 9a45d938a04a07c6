package dev.virga.component.abi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/**
 * Calls a function's post-return with its core result. The adapters have no branches of their own, so
 * that generating them needs no stack maps.
 */
final class PostReturn {

    private PostReturn() {}

    /** The type of {@code call} for a core result. */
    static MethodType type(Class<?> result) {
        MethodType none = MethodType.methodType(void.class, MethodHandle.class);
        return result == void.class ? none : none.appendParameterTypes(result);
    }

    static void call(MethodHandle postReturn) throws Throwable {
        if (postReturn != null) {
            postReturn.invokeExact();
        }
    }

    static void call(MethodHandle postReturn, int result) throws Throwable {
        if (postReturn != null) {
            postReturn.invokeExact(result);
        }
    }

    static void call(MethodHandle postReturn, long result) throws Throwable {
        if (postReturn != null) {
            postReturn.invokeExact(result);
        }
    }

    static void call(MethodHandle postReturn, float result) throws Throwable {
        if (postReturn != null) {
            postReturn.invokeExact(result);
        }
    }

    static void call(MethodHandle postReturn, double result) throws Throwable {
        if (postReturn != null) {
            postReturn.invokeExact(result);
        }
    }
}
