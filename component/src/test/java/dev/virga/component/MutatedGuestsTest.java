package dev.virga.component;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.GuestException;
import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleException;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged components are refused in words, or are instantiated: nothing else. */
class MutatedGuestsTest {

    private static final int MUTATIONS = Fuzz.cases(150);

    /** When a guest that loops since it is damaged is stopped. */
    private static final Executor LATER = CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS);

    private static final Limiter FOUR_MEBIBYTES = new Limiter() {
        @Override
        public boolean reserve(long bytes) {
            return bytes <= 4 << 20;
        }

        @Override
        public void release(long bytes) {}
    };

    @ParameterizedTest
    @ValueSource(strings = {"calls", "counters", "hoard", "things", "user", "donut", "host-component"})
    void aDamagedComponentIsRefusedOrInstantiated(String name) {
        byte[] whole = Guests.bytes(name);
        long seed = Fuzz.seed(name.hashCode());
        Random random = new Random(seed);
        int[] instantiated = {0};
        try (Fuzz fuzz = new Fuzz()) {
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] damaged = whole.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                fuzz.attempt(name + ", mutation " + i + " of seed " + seed, damaged, binary ->
                        instantiated[0] += instantiates(binary) ? 1 : 0);
            }
        }
        assertTrue(instantiated[0] > 0, "some damage does not matter");
    }

    /** What the guests import; the instance of counters is never called. */
    private static final Linker<Things> LINKER = linker();

    private static boolean instantiates(byte[] binary) {
        try {
            PreparedComponent<Things> prepared = LINKER.prepare(Component.load(Guests.ENGINE, binary));
            Store store = Guests.ENGINE.newStore(FOUR_MEBIBYTES);
            LATER.execute(() -> store.interrupt("the time of a case is over"));
            prepared.instantiate(new Things(), FOUR_MEBIBYTES, store).close();
            return true;
        } catch (ComponentException | ModuleException | Trap | GuestException e) {
            return false;
        }
    }

    private static Linker<Things> linker() {
        FunctionType add = new FunctionType(
                List.of(new FunctionType.Param("a", Primitive.U32), new FunctionType.Param("b", Primitive.U32)),
                Optional.of(Primitive.U32),
                false);
        ComponentInstance counters =
                new Linker<Void>().prepare(Guests.load("counters")).instantiate(null, Limiter.UNLIMITED);
        return new Linker<Things>()
                .define("one", counters)
                .define("two", counters)
                .define(Things.offered())
                .define("host-add", new Offer.Func(add, args -> args[0]))
                .define("adder", new Offer.Subcomponent(Guests.load("adder")))
                .define(
                        "answer",
                        Guests.module("0061736d010000000105016000017f03020100070a0106616e7377657200000a06010400412a0b"));
    }
}
