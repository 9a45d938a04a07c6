package dev.virga.engine.contract;

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
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An instance of one of the test modules (the texts lie beside the binaries), used by names. */
public record Guest(CoreModule module, CoreInstance instance) {

    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();

    /** One of the contract's modules. */
    public static byte[] binary(String name) {
        return binary(Guest.class, name);
    }

    /** A module that lies beside a test. */
    public static byte[] binary(Class<?> test, String name) {
        try (InputStream in = test.getResourceAsStream(name + ".wasm")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Guest of(Engine engine, Store store, String name, Map<String, Extern> imports) {
        return of(engine.compile(binary(name)), store, imports);
    }

    /** Function imports that are not given do nothing and give zero. */
    public static Guest of(CoreModule module, Store store, Map<String, Extern> imports) {
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

    public Extern export(String name) {
        return instance.export(module.type().exportIndex(name).orElseThrow());
    }

    public MethodHandle handle(String name) {
        return ((Extern.Func) export(name)).handle();
    }

    public Object call(String name, Object... arguments) {
        try {
            return handle(name).invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until the guest, on another thread, has written something other than 0 to a byte of its memory. */
    public void awaitByte(long address) {
        MemorySegment memory = ((Extern.Memory) export("memory")).segment();
        while ((byte) BYTE.getVolatile(memory, address) == 0) {
            Thread.onSpinWait();
        }
    }
}
