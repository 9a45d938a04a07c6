package dev.virga.engine.nativecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.CoreModule;
import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import dev.virga.engine.ValType;
import dev.virga.engine.contract.EngineContract;
import dev.virga.engine.contract.Guest;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StressTest extends EngineContract implements NativeSource {

    private static final int SECONDS = Integer.getInteger("virga.stress.seconds", 2);
    private static final int FIBERS = Integer.getInteger("virga.stress.fibers", 300);

    @Test
    void allThatGuestsDoAtTheSameTimeComesOutRight() throws InterruptedException {
        Map<String, Long> counts = new Stress(SECONDS, FIBERS, Long.getLong("virga.stress.seed", 7)).run();
        for (String what : List.of("walk: RETURN", "walk: TRAP", "walk: EXCEPTION", "walk: OVERFLOW",
                "compute 4000000", "objects", "memory", "interrupted loop", "interrupted walk", "abandoned", "shared")) {
            assertTrue(counts.containsKey(what), what + " is missing in " + counts);
        }
    }

    /** More than there are carriers: none of them may hold one. */
    @Test
    void allGuestsWaitInTheHostAtTheSameTime() throws Exception {
        FuncType type = new FuncType(List.of(ValType.Num.I32, ValType.Num.I32), List.of(ValType.Num.I32));
        var step = MethodHandles.lookup().findStatic(
                StressTest.class, "meet", type.methodType().insertParameterTypes(0, CountDownLatch.class));
        CountDownLatch all = new CountDownLatch(FIBERS);
        CoreModule module = engine.compile(Guest.binary(StressTest.class, "stress"));
        List<FutureTask<Object>> calls = new ArrayList<>();
        for (int i = 0; i < FIBERS; i++) {
            int value = i;
            FutureTask<Object> call = new FutureTask<>(() -> {
                try (Store own = engine.newStore(Limiter.UNLIMITED)) {
                    Extern.Func meet = own.newFunc(type, () -> step.bindTo(all));
                    return Guest.of(module, own, Map.of("step", meet)).call("walk", 0, value);
                }
            });
            calls.add(call);
            Thread.ofVirtual().start(call);
        }
        for (int i = 0; i < FIBERS; i++) {
            assertEquals(StressWalk.walk(0, i, i), calls.get(i).get(60, TimeUnit.SECONDS));
        }
    }

    static int meet(CountDownLatch all, int depth, int value) throws InterruptedException {
        all.countDown();
        all.await();
        return value + depth;
    }
}
