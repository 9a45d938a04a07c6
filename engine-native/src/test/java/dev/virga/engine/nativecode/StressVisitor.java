package dev.virga.engine.nativecode;

import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import dev.virga.engine.ValType;
import dev.virga.engine.contract.Budget;
import dev.virga.engine.contract.Guest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** One of the many threads of the stress test: opens stores, does with guests what can be done, checks it. */
final class StressVisitor {

    private static final FuncType MIX = new FuncType(
            List.of(ValType.Num.I64, ValType.Ref.EXTERN, ValType.Num.F32, ValType.Num.F64),
            List.of(ValType.Num.F64, ValType.Ref.EXTERN, ValType.Num.I64));
    private static final FuncType STEP =
            new FuncType(List.of(ValType.Num.I32, ValType.Num.I32), List.of(ValType.Num.I32));
    private static final int PAGE = 65_536;
    /** Steps of {@code compute}: the last takes several ticks. */
    private static final int[] STEPS = {1, 100, 5_000, 4_000_000};
    /** What so many steps multiply by and add. */
    private static final int[] FACTORS = new int[STEPS.length];
    private static final int[] SUMMANDS = new int[STEPS.length];

    static {
        for (int i = 0; i < STEPS.length; i++) {
            FACTORS[i] = 1;
            for (int step = 0; step < STEPS[i]; step++) {
                FACTORS[i] *= 1_103_515_245;
                SUMMANDS[i] = SUMMANDS[i] * 1_103_515_245 + 12_345;
            }
        }
    }

    private final Engine engine;
    private final CoreModule module;
    private final SplittableRandom random;
    private final StressWalk walk;
    private final Consumer<String> done;

    /** @param done gets a word for all that was done */
    StressVisitor(Engine engine, CoreModule module, SplittableRandom random, StressEcho echo, Consumer<String> done) {
        this.engine = engine;
        this.module = module;
        this.random = random;
        this.walk = new StressWalk(random.split(), echo);
        this.done = done;
    }

    void visit() throws Exception {
        switch (random.nextInt(10)) {
            case 0, 1 -> interrupted();
            case 2 -> abandoned();
            case 3 -> shared();
            default -> undisturbed();
        }
        check(!Thread.interrupted(), "an interrupt flag was left on the thread");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Several instances in two stores, of which nothing is left after. */
    private void undisturbed() {
        Budget budget = new Budget(1L << 30);
        try (Store first = engine.newStore(budget);
                Store second = engine.newStore(budget)) {
            walk.through(List.of(guest(first), guest(first), guest(second)));
            for (int calls = random.nextInt(20); calls >= 0; calls--) {
                call(walk.any());
            }
        }
        check(budget.held() == 0, budget.held() + " bytes are still charged");
    }

    private Guest guest(Store store) {
        return Guest.of(module, store, Map.of("step", walk.step(store), "mix", store.newFunc(MIX, StressVisitor::mix)));
    }

    private static MethodHandle mix() {
        try {
            return MethodHandles.lookup().findStatic(StressVisitor.class, "mix", MIX.methodType());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static Object[] mix(long number, Object object, float small, double large) {
        return new Object[] {small + large, object, 3 * number};
    }

    private void call(Guest guest) {
        switch (random.nextInt(8)) {
            case 0 -> compute(guest, random.nextInt(50) == 0 ? STEPS.length - 1 : random.nextInt(STEPS.length - 1));
            case 1 -> passObjects(guest);
            case 2 -> grow(guest);
            case 3 -> trap(guest);
            default -> done.accept("walk: " + walk.run());
        }
    }

    private void compute(Guest guest, int steps) {
        int seed = random.nextInt();
        int wanted = 2 * (FACTORS[steps] * seed + SUMMANDS[steps]);
        check(guest.call("compute", STEPS[steps], seed).equals(wanted), "compute is wrong");
        done.accept("compute " + STEPS[steps]);
    }

    private void passObjects(Guest guest) {
        Object object = new Object();
        long number = random.nextLong();
        Object[] results = (Object[]) guest.call("mix", number, object, 1.5f, 2.25);
        check(results[0].equals(3.75) && results[1] == object && results[2].equals(3 * number), "mix is wrong");
        done.accept("objects");
    }

    private void grow(Guest guest) {
        int before = (int) guest.call("grow", random.nextInt(4));
        guest.call("growTable", random.nextInt(4));
        int filler = 1 + random.nextInt(127);
        guest.call("fill", filler);
        MemorySegment memory = ((Extern.Memory) guest.export("memory")).segment();
        check(before == -1 || memory.byteSize() >= (long) before * PAGE, "the memory shrank");
        check(memory.get(ValueLayout.JAVA_BYTE, memory.byteSize() - 1) == filler
                && memory.get(ValueLayout.JAVA_BYTE, 1023) == 0, "the memory was not filled");
        done.accept("memory");
    }

    private void trap(Guest guest) {
        int number = random.nextInt(StressWalk.TRAPS.size());
        try {
            guest.call("trap", number);
        } catch (Trap trap) {
            check(trap.kind() == StressWalk.TRAPS.get(number), trap + " instead of " + StressWalk.TRAPS.get(number));
            check(trap.backtrace().getFirst().module().equals("stress"), trap.backtrace().toString());
            done.accept("trap " + trap.kind());
            return;
        }
        throw new AssertionError("no " + StressWalk.TRAPS.get(number));
    }

    /** The store is interrupted at any moment, in a loop or in the midst of calls. */
    private void interrupted() throws InterruptedException {
        int delay = random.nextInt(20);
        boolean loop = random.nextBoolean();
        try (Store own = engine.newStore(new Budget(1L << 30));
                Store other = engine.newStore(new Budget(1L << 30))) {
            walk.through(List.of(guest(own), guest(other)));
            Guest first = guest(own);
            Thread interrupter = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < delay; i++) {
                    Thread.yield();
                }
                own.interrupt("stress");
            });
            try {
                if (loop) {
                    first.call("forever");
                }
                while (true) {
                    walk.run();
                    first.call("compute", 1, 1);
                }
            } catch (Trap trap) {
                check(trap.kind() == Trap.Kind.INTERRUPTED && trap.getMessage().equals("interrupted: stress"),
                        trap.toString());
            }
            interrupter.join();
        }
        done.accept(loop ? "interrupted loop" : "interrupted walk");
    }

    /** The call of another thread, waiting in the host. */
    private record Waiting(FutureTask<Object> result, CountDownLatch release) {}

    private Waiting waiting(Store store) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Extern.Func step = store.newFunc(STEP, () -> {
            try {
                return MethodHandles.insertArguments(MethodHandles.lookup().findStatic(
                        StressVisitor.class, "step",
                        STEP.methodType().insertParameterTypes(0, CountDownLatch.class, CountDownLatch.class)),
                        0, inside, release);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        });
        Guest guest = Guest.of(module, store, Map.of("step", step));
        FutureTask<Object> result = new FutureTask<>(() -> {
            try {
                return guest.call("walk", 0, 5);
            } catch (RuntimeException e) {
                return e;
            } finally {
                inside.countDown(); // also where the call never got to the host
            }
        });
        Thread.ofVirtual().start(result);
        inside.await();
        return new Waiting(result, release);
    }

    static int step(CountDownLatch inside, CountDownLatch release, int depth, int value) {
        inside.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return value + depth;
    }

    /** The store is closed while a call waits in the host; the call ends after, and nothing is left. */
    private void abandoned() throws Exception {
        Budget budget = new Budget(1L << 30);
        Waiting waiting;
        try (Store store = engine.newStore(budget)) {
            waiting = waiting(store);
        }
        waiting.release().countDown();
        Object ended = waiting.result().get();
        check(ended instanceof IllegalStateException e && e.getMessage().equals("the store is closed"),
                "in a closed store: " + ended);
        check(budget.held() == 0, budget.held() + " bytes of a closed store are still charged");
        done.accept("abandoned");
    }

    /** Others call guests of the store while a call waits in the host. */
    private void shared() throws Exception {
        Budget budget = new Budget(1L << 30);
        try (Store store = engine.newStore(budget)) {
            Waiting waiting = waiting(store);
            walk.through(List.of(guest(store)));
            for (int calls = random.nextInt(5); calls >= 0; calls--) {
                call(walk.any());
            }
            waiting.release().countDown();
            Object result = waiting.result().get();
            check(result.equals(StressWalk.walk(0, 5, 5)), "after others: " + result);
        }
        check(budget.held() == 0, budget.held() + " bytes are still charged");
        done.accept("shared");
    }
}
