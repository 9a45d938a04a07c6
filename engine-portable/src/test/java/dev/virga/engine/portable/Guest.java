package dev.virga.engine.portable;

import dev.virga.engine.CoreInstance;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.Extern;
import dev.virga.engine.ExternType;
import dev.virga.engine.ModuleType;
import dev.virga.engine.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An instance of one of the test modules (the texts lie beside the binaries), used by names. */
record Guest(CoreModule module, CoreInstance instance) {

    static byte[] binary(String name) {
        try (InputStream in = Guest.class.getResourceAsStream(name + ".wasm")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Guest of(Engine engine, Store store, String name, Map<String, Extern> imports) {
        return of(engine.compile(binary(name)), store, imports);
    }

    /** Function imports that are not given do nothing and give zero. */
    static Guest of(CoreModule module, Store store, Map<String, Extern> imports) {
        List<Extern> externs = new ArrayList<>();
        for (ModuleType.Import wanted : module.type().imports()) {
            externs.add(imports.containsKey(wanted.name())
                    ? imports.get(wanted.name())
                    : empty(store, (ExternType.Func) wanted.type()));
        }
        return new Guest(module, module.instantiate(store, externs));
    }

    private static Extern empty(Store store, ExternType.Func function) {
        return store.newFunc(function.type(), () -> MethodHandles.empty(function.type().methodType()));
    }

    Extern export(String name) {
        return instance.export(module.type().exportIndex(name).orElseThrow());
    }

    MethodHandle handle(String name) {
        return ((Extern.Func) export(name)).handle();
    }

    Object call(String name, Object... arguments) {
        try {
            return handle(name).invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
