package dev.virga.engine.nativecode.fuzz;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.Store;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** The functions of the host: they record their calls, give what follows from these, and change memories. */
final class Host {

    /** What a function of the host throws at times; it must pass through the guest. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure() {
            super("failure of the host", null, false, false);
        }
    }

    private static final MethodHandle CALL;

    static {
        try {
            CALL = MethodHandles.lookup().findVirtual(Host.class, "call",
                    MethodType.methodType(Object.class, int.class, FuncType.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Store store;
    private final Consumer<String> log;
    private final List<Extern.Memory> memories = new ArrayList<>();
    private Object lastFunction;
    private long count;

    Host(Store store, Consumer<String> log) {
        this.store = store;
        this.log = log;
    }

    /** From now on calls may change this memory. */
    void reach(Extern.Memory memory) {
        memories.add(memory);
    }

    Extern.Func function(int index, FuncType type) {
        return store.newFunc(type, () -> MethodHandles.insertArguments(CALL, 0, this, index, type)
                .asCollector(Object[].class, type.params().size())
                .asType(type.methodType()));
    }

    private Object call(int index, FuncType type, Object[] arguments) {
        String call = ModuleRun.call("host " + index, arguments);
        log.accept(call);
        Random random = new Random(call.hashCode() + 31 * count++);
        for (Object argument : arguments) {
            if (argument instanceof Extern.Func) {
                lastFunction = argument;
            }
        }
        if (!memories.isEmpty()) {
            change(memories.get(random.nextInt(memories.size())), random);
        }
        if (random.nextInt(400) == 0) {
            throw new Failure();
        }
        Object[] results = type.results().stream()
                .map(result -> Values.isFunction(result) ? lastFunction : Values.random(result, random))
                .toArray();
        return switch (results.length) {
            case 0 -> null;
            case 1 -> results[0];
            default -> results;
        };
    }

    private static void change(Extern.Memory memory, Random random) {
        if (random.nextInt(8) == 0 && memory.type().limits().max().isPresent()) {
            memory.grow(random.nextInt(2));
        }
        long size = memory.segment().byteSize();
        if (size > 0) {
            memory.segment().set(ValueLayout.JAVA_BYTE, random.nextLong(size), (byte) random.nextInt());
        }
    }
}
