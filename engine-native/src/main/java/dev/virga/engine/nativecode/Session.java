package dev.virga.engine.nativecode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.virga.engine.CoreInstance;
import dev.virga.engine.Extern;
import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleException;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** An instance of the code generator at work on one module (compiler/INTERFACE.md, "Calls into the compiler"). */
final class Session implements AutoCloseable {

    private static final int SUCCESS = 0;
    private static final int MALFORMED = 1;
    private static final int INVALID = 2;

    private final byte[] module;
    private final byte[] target;
    private final Store store;
    private final CoreInstance instance;
    private final NativeModule generator = Images.generator();

    Session(byte[] module, Platform platform) {
        this.module = module;
        this.target = platform.target().getBytes(UTF_8);
        this.store = generator.engine().newStore(Limiter.UNLIMITED);
        this.instance = generator.instantiate(store, List.of());
    }

    /** Decodes and validates all but the bodies. */
    byte[] plan() {
        return result((int) call("prepare", copyIn(module), module.length, copyIn(target), target.length));
    }

    byte[] functions(int from, int to) {
        return result((int) call("functions", from, to));
    }

    byte[] stubs() {
        return result((int) call("stubs"));
    }

    private int copyIn(byte[] bytes) {
        int address = (int) call("allocate", bytes.length);
        MemorySegment.copy(bytes, 0, memory(), ValueLayout.JAVA_BYTE, Integer.toUnsignedLong(address), bytes.length);
        return address;
    }

    private byte[] result(int status) {
        long address = Integer.toUnsignedLong((int) call("result_address"));
        byte[] result = memory().asSlice(address, Integer.toUnsignedLong((int) call("result_length")))
                .toArray(ValueLayout.JAVA_BYTE);
        return switch (status) {
            case SUCCESS -> result;
            case MALFORMED -> throw new ModuleException.Malformed(new String(result, UTF_8));
            case INVALID -> throw new ModuleException.Invalid(new String(result, UTF_8));
            default -> throw new ModuleException.Unsupported(new String(result, UTF_8));
        };
    }

    private MemorySegment memory() {
        return ((Extern.Memory) export("memory")).segment();
    }

    private Extern export(String name) {
        return instance.export(generator.type().exportIndex(name).orElseThrow());
    }

    private Object call(String name, Object... arguments) {
        MethodHandle handle = ((Extern.Func) export(name)).handle();
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Trap trap) {
            throw new ModuleException.Unsupported("the code generator failed on this module: " + trap.getMessage()
                    + " " + trap.backtrace());
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
