package dev.virga.component.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.component.type.ValueType;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random values of random types on the ways of asynchronous calls and of streams: from the host to a
 * guest, from there to another guest, and back to the host.
 */
class AsyncRoundTripTest {

    private static final int TYPES = Integer.getInteger("virga.test.types", 2000);
    private static final int MEMORY = 4096;

    @Test
    void elementsOfStreamsSurvive() {
        Random seeds = new Random(43);
        for (int i = 0; i < TYPES; i++) {
            long seed = seeds.nextLong();
            Random random = new Random(seed);
            RandomValues values = new RandomValues(random);
            ValueType type = random.nextInt(20) == 0 ? ValueType.Primitive.U8 : values.type(3);
            Elements host = new Elements(Codec.of(type, Object.class));
            Elements passing = Elements.passing(type);
            try (GuestMemory first = guest(random);
                    GuestMemory second = guest(random)) {
                int count = 1 + random.nextInt(20);
                Object given = host.newArray(count);
                for (int j = 0; j < count; j++) {
                    Array.set(given, j, values.value(type));
                }
                long source = allocate(first, type, count);
                // written in two pieces, read in two others
                int piece = random.nextInt(count + 1);
                host.store(first, given, 0, piece, source);
                host.store(first, given, piece, count - piece, source + (long) piece * host.size());
                long target = allocate(second, type, count);
                if (passing.isPlain()) {
                    passing.copy(first, source, second, target, count);
                } else {
                    Object[] passed = new Object[count];
                    passing.load(first, source, passed, 0, count);
                    passing.store(second, passed, 0, count, target);
                }
                Object got = host.newArray(count);
                int other = random.nextInt(count + 1);
                host.load(second, target, got, 0, other);
                host.load(second, target + (long) other * host.size(), got, other, count - other);
                for (int j = 0; j < count; j++) {
                    Object before = Array.get(given, j);
                    Object after = Array.get(got, j);
                    assertTrue(RoundTripTest.same(before, after),
                            () -> "seed " + seed + ", " + type + ": " + before + " came back as " + after);
                }
            }
        }
    }

    @Test
    void argumentsAndResultsOfCallsInPiecesSurvive() {
        Random seeds = new Random(44);
        for (int i = 0; i < TYPES / 2; i++) {
            long seed = seeds.nextLong();
            Random random = new Random(seed);
            RandomValues values = new RandomValues(random);
            List<ValueType> types = Stream.generate(() -> values.type(2)).limit(1 + random.nextInt(6)).toList();
            ValueTuple host = tuple(types, type -> Codec.of(type, Object.class));
            ValueTuple passing = tuple(types, Codec::passing);
            try (GuestMemory first = guest(random);
                    GuestMemory second = guest(random)) {
                Object[] given = types.stream().map(values::value).toArray();
                // as the caller's core code passes them: asynchronously lowered functions have fewer core parameters
                int callers = random.nextBoolean() ? ValueTuple.MAX_FLAT_PARAMS : ValueTuple.MAX_FLAT_ASYNC_PARAMS;
                long[] flat = host.lower(first, callers, given);
                assertEquals(host.flatCount(callers), flat.length);
                Object[] passed = passing.lift(first, callers, flat);
                long[] core = passing.lower(second, ValueTuple.MAX_FLAT_PARAMS, passed);
                Object[] got = host.lift(second, ValueTuple.MAX_FLAT_PARAMS, core);
                assertSame(seed, given, got);
                if (types.size() == 1) {
                    long[] returned = host.lower(second, ValueTuple.MAX_FLAT_PARAMS, given);
                    Object[] result = passing.lift(second, ValueTuple.MAX_FLAT_PARAMS, returned);
                    long pointer = allocate(first, types.getFirst(), 1);
                    passing.store(first, result, (int) pointer);
                    Elements one = new Elements(Codec.of(types.getFirst(), Object.class));
                    Object back = one.newArray(1);
                    one.load(first, pointer, back, 0, 1);
                    assertSame(seed, given, new Object[] {Array.get(back, 0)});
                }
            }
        }
    }

    private static void assertSame(long seed, Object[] given, Object[] got) {
        assertEquals(given.length, got.length);
        for (int i = 0; i < given.length; i++) {
            int at = i;
            assertTrue(RoundTripTest.same(given[i], got[i]),
                    () -> "seed " + seed + ": " + given[at] + " came back as " + got[at]);
        }
    }

    private static ValueTuple tuple(List<ValueType> types, Function<ValueType, Codec> codec) {
        return new ValueTuple(types.stream().map(codec).toList());
    }

    private static GuestMemory guest(Random random) {
        return new GuestMemory(StringEncoding.values()[random.nextInt(3)], MEMORY);
    }

    private static long allocate(GuestMemory guest, ValueType type, int count) {
        Layout layout = Codec.passing(type).layout();
        return new Lower(guest).allocate(layout.alignment(), (long) count * layout.size());
    }
}
