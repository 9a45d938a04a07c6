package dev.virga.engine.nativecode.fuzz;

import dev.virga.engine.CoreInstance;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.Extern;
import dev.virga.engine.ExternType;
import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleType;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What a module does in an engine, as far as it can be seen from outside, line by line: two instances
 * of it in one store, of which the second imports what it can from the first.
 */
final class ModuleRun {

    /** The name of the global that says how much a guest may still do. */
    static final String FUEL = "fuel";

    /** Starts a line that says how a call of the host ended. */
    static final String ENDED = "  -> ";
    static final String RETURNED = ENDED + "returned";

    private static final int SECONDS = 30;
    private static final ScheduledThreadPoolExecutor LATER = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().factory());

    static {
        LATER.setRemoveOnCancelPolicy(true);
    }

    private final List<String> lines = new ArrayList<>();
    private final Random random;
    private final Store store;
    private final CoreModule module;
    private final Host host;

    private ModuleRun(Engine engine, byte[] binary, long seed) {
        random = new Random(seed);
        store = engine.newStore(Limiter.UNLIMITED);
        module = engine.compile(binary);
        host = new Host(store, lines::add);
    }

    /** @param seed says with which arguments the exports are called */
    static List<String> record(Engine engine, byte[] binary, long seed) {
        ModuleRun run;
        try {
            run = new ModuleRun(engine, binary, seed);
        } catch (ModuleException e) {
            return List.of("refused: " + e);
        }
        Future<?> limit = LATER.schedule(
                () -> run.store.interrupt(SECONDS + " s passed"), SECONDS, TimeUnit.SECONDS);
        try {
            run.twoInstances();
        } finally {
            limit.cancel(false);
            run.store.close();
        }
        return run.lines;
    }

    private void twoInstances() {
        List<ModuleType.Import> wanted = module.type().imports();
        List<Extern> imports = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            imports.add(create(i, wanted.get(i).type()));
        }
        List<Extern> first = instantiate(imports);
        callAll(first, first);
        callAll(first, first);
        List<Extern> second = instantiate(imports.stream().map(extern -> likeIt(extern, first)).toList());
        callAll(second, first);
    }

    private Extern create(int index, ExternType type) {
        return switch (type) {
            case ExternType.Func function -> host.function(index, function.type());
            case ExternType.Memory memory -> {
                Extern.Memory created = store.newMemory(memory.type());
                host.reach(created);
                yield created;
            }
            case ExternType.Table table -> store.newTable(table.type());
            case ExternType.Global global ->
                store.newGlobal(global.type(), Values.random(global.type().value(), random));
            case ExternType.Tag tag -> throw new IllegalArgumentException("no such imports are generated");
        };
    }

    /** A guest's function in place of one of the host, where there is one of its type. */
    private static Extern likeIt(Extern wanted, List<Extern> exports) {
        return exports.stream()
                .filter(export -> wanted instanceof Extern.Func function
                        && export instanceof Extern.Func other
                        && function.type().equals(other.type()))
                .findFirst()
                .orElse(wanted);
    }

    /** The exports of a new instance; none if it traps. */
    private List<Extern> instantiate(List<Extern> imports) {
        List<Extern> exports = new ArrayList<>();
        lines.add("instantiate");
        ended(() -> {
            CoreInstance instance = module.instantiate(store, imports);
            for (int i = 0; i < module.type().exports().size(); i++) {
                exports.add(instance.export(i));
            }
            return new Object[0];
        });
        exports.stream()
                .filter(Extern.Memory.class::isInstance)
                .forEach(memory -> host.reach((Extern.Memory) memory));
        // Segments before the one that trapped have changed what was imported (section 4.7.2).
        lines.add(state(exports.isEmpty() ? imports : exports));
        return exports;
    }

    private void callAll(List<Extern> exports, List<Extern> others) {
        for (int i = 0; i < exports.size(); i++) {
            if (exports.get(i) instanceof Extern.Func function) {
                fill(exports);
                fill(others);
                Object[] arguments = function.type().params().stream()
                        .map(type -> Values.isFunction(type) ? anyFunction(exports) : Values.random(type, random))
                        .toArray();
                lines.add(call(module.type().exports().get(i).name(), arguments));
                ended(() -> switch (function.handle().invokeWithArguments(arguments)) {
                    case Object[] results -> results;
                    case Object result -> new Object[] {result};
                    case null -> function.type().results().isEmpty() ? new Object[0] : new Object[] {null};
                });
                lines.add(state(exports));
            }
        }
    }

    private Object anyFunction(List<Extern> exports) {
        Extern any = exports.get(random.nextInt(exports.size()));
        return any instanceof Extern.Func ? any : null;
    }

    private void fill(List<Extern> exports) {
        module.type().exportIndex(FUEL).ifPresent(index -> {
            if (!exports.isEmpty()) {
                ((Extern.Global) exports.get(index)).set(ControlGenerator.FUEL);
            }
        });
    }

    private interface Guest {
        Object[] run() throws Throwable;
    }

    private void ended(Guest guest) {
        String end;
        try {
            end = call(RETURNED, guest.run());
        } catch (Trap e) {
            end = ENDED + "trap " + e.kind();
        } catch (Throwable e) {
            end = ENDED + "threw " + e;
        }
        lines.add(end);
    }

    static String call(String name, Object[] values) {
        return name + Arrays.stream(values).map(Values::show).collect(Collectors.joining(", ", " (", ")"));
    }

    private static String state(List<Extern> externs) {
        return externs.stream().map(ModuleRun::state).flatMap(Optional::stream)
                .collect(Collectors.joining("; ", "  ", ""));
    }

    private static Optional<String> state(Extern extern) {
        return switch (extern) {
            case Extern.Memory memory -> {
                CRC32 sum = new CRC32();
                sum.update(memory.segment().asByteBuffer());
                yield Optional.of(
                        "memory of " + memory.segment().byteSize() + " sum " + Long.toHexString(sum.getValue()));
            }
            case Extern.Table table -> {
                StringBuilder elements = new StringBuilder("table");
                for (long i = 0; i < table.size(); i++) {
                    elements.append(' ').append(element(table.get(i)));
                }
                yield Optional.of(elements.toString());
            }
            case Extern.Global global -> Optional.of(Values.show(global.get()));
            case Extern.Func function -> Optional.empty();
            case Extern.Tag tag -> Optional.empty();
        };
    }

    private static String element(Object element) {
        return switch (element) {
            case null -> "-";
            // Short, and as good as the type.
            case Extern.Func function -> Integer.toHexString(function.type().toString().hashCode());
            default -> element.toString();
        };
    }
}
