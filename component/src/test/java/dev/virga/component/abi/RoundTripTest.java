package dev.virga.component.abi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.RecordValue;
import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.component.VariantValue;
import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random values of random types through both kinds of adapters and back. A lowered function that
 * returns its parameters is the core function below a lifted one, as two components would be joined.
 */
class RoundTripTest {

    private static final int TYPES = Integer.getInteger("virga.test.types", 2000);
    private static final int FUNCTIONS = TYPES / 40;
    private static final int VALUES = 3;

    @Test
    void valuesSurviveStoringAndLoading() {
        Random seeds = new Random(41);
        for (int i = 0; i < TYPES; i++) {
            long seed = seeds.nextLong();
            RandomValues values = new RandomValues(new Random(seed));
            ValueType type = values.type(4);
            Codec host = Codec.of(type, Object.class);
            Codec passing = Codec.passing(type);
            StringEncoding[] encodings = StringEncoding.values();
            try (GuestMemory first = new GuestMemory(encodings[i % 3], 64);
                    GuestMemory second = new GuestMemory(encodings[i / 3 % 3], 64)) {
                for (int j = 0; j < VALUES; j++) {
                    Object value = values.value(type);
                    Object passed = passing.load(new Lift(first), store(host, first, value));
                    Object back = host.load(new Lift(second), store(passing, second, passed));
                    assertTrue(same(value, back), () -> "seed " + seed + ": " + value + " came back as " + back);
                    first.reset();
                    second.reset();
                }
            }
        }
    }

    private static long store(Codec codec, GuestMemory guest, Object value) {
        Lower out = new Lower(guest);
        long pointer = out.allocate(codec.layout().alignment(), codec.layout().size());
        codec.store(out, value, pointer);
        return pointer;
    }

    @Test
    void valuesSurviveLoweringAndLifting() throws Throwable {
        Random seeds = new Random(42);
        for (int i = 0; i < FUNCTIONS; i++) {
            long seed = seeds.nextLong();
            Random random = new Random(seed);
            RandomValues values = new RandomValues(random);
            StringEncoding encoding = StringEncoding.values()[random.nextInt(3)];
            List<ValueType> params = Stream.generate(() -> values.type(3)).limit(1 + random.nextInt(4)).toList();
            int returned = random.nextInt(params.size());
            FunctionType type = new FunctionType(
                    params.stream().map(p -> new FunctionType.Param("p", p)).toList(),
                    Optional.of(params.get(returned)),
                    false);
            try (GuestMemory guest = new GuestMemory(encoding, 64)) {
                MethodHandle call = call(type, returned, guest);
                for (int j = 0; j < VALUES; j++) {
                    guest.reset();
                    List<Object> arguments = params.stream().map(values::value).toList();
                    Object result = call.invokeWithArguments(arguments);
                    assertTrue(same(arguments.get(returned), result),
                            () -> "seed " + seed + ": " + arguments.get(returned) + " came back as " + result);
                }
            }
        }
    }

    /** Host → component (→ component as passing values) → host, all of them in one memory. */
    private static MethodHandle call(FunctionType type, int returned, GuestMemory guest) throws Throwable {
        List<Codec> dynamic = codecs(type, t -> Codec.of(t, Object.class));
        List<Codec> passing = codecs(type, Codec::passing);
        MethodHandle innermost = lowered(type, dynamic, returned);
        MethodHandle core1 = MethodHandles.insertArguments(adaptSpilledResult(type, innermost, guest), 0, guest);
        MethodHandle lifted = MethodHandles.insertArguments(
                CanonicalAdapters.lift(passing, Optional.of(passing.get(returned))), 0, guest, core1, null);
        MethodHandle target = MethodHandles.dropArguments(lifted, 0, LiftLowerContext.class);
        MethodHandle passed =
                CanonicalAdapters.lower(passing, Optional.of(passing.get(returned)), target);
        MethodHandle core2 = MethodHandles.insertArguments(adaptSpilledResult(type, passed, guest), 0, guest);
        return MethodHandles.insertArguments(
                CanonicalAdapters.lift(dynamic, Optional.of(dynamic.get(returned))), 0, guest, core2, null);
    }

    private static List<Codec> codecs(FunctionType type, java.util.function.Function<ValueType, Codec> codec) {
        return type.params().stream().map(p -> codec.apply(p.type())).toList();
    }

    private static MethodHandle lowered(FunctionType type, List<Codec> params, int returned) {
        Class<?>[] carriers = params.stream().map(Codec::carrier).toArray(Class<?>[]::new);
        MethodHandle identity = MethodHandles.identity(carriers[returned]);
        identity = MethodHandles.dropArguments(identity, 1, Arrays.copyOfRange(carriers, returned + 1, carriers.length));
        identity = MethodHandles.dropArguments(identity, 0, Arrays.copyOf(carriers, returned));
        return CanonicalAdapters.lower(
                params,
                Optional.of(params.get(returned)),
                MethodHandles.dropArguments(identity, 0, LiftLowerContext.class));
    }

    /** A lowered function takes a pointer for its result where a lifted one returns it. */
    static MethodHandle adaptSpilledResult(FunctionType type, MethodHandle lowered, GuestMemory guest)
            throws ReflectiveOperationException {
        if (CanonicalAdapters.flatten(type, true).equals(CanonicalAdapters.flatten(type, false))) {
            return lowered;
        }
        Layout result = Signature.of(type).result().orElseThrow();
        MethodHandle allocate = MethodHandles.insertArguments(
                MethodHandles.lookup().bind(guest, "realloc", java.lang.invoke.MethodType.methodType(
                        int.class, int.class, int.class, int.class, int.class)),
                0, 0, 0, result.alignment(), result.size());
        int last = lowered.type().parameterCount() - 1;
        // (pointer, params…) → pointer, with the pointer from realloc
        MethodHandle first = MethodHandles.permuteArguments(
                lowered,
                lowered.type().dropParameterTypes(last, last + 1).insertParameterTypes(0, int.class),
                permutation(last));
        MethodHandle pointer = MethodHandles.dropArguments(
                MethodHandles.identity(int.class), 1, lowered.type().parameterList().subList(0, last));
        MethodHandle both = MethodHandles.foldArguments(pointer, first);
        return MethodHandles.foldArguments(both, allocate);
    }

    private static int[] permutation(int last) {
        int[] order = new int[last + 1];
        for (int i = 0; i < last; i++) {
            order[i] = i + 1;
        }
        return order;
    }

    /** Equality of values that looks into arrays. */
    static boolean same(Object a, Object b) {
        return switch (a) {
            case null -> b == null;
            case byte[] bytes -> b instanceof byte[] other && Arrays.equals(bytes, other);
            case List<?> list -> b instanceof List<?> other && sameAll(list, other);
            case Tuple(var values) -> b instanceof Tuple(var others) && sameAll(values, others);
            case RecordValue(var fields) -> b instanceof RecordValue(var others)
                    && List.copyOf(fields.keySet()).equals(List.copyOf(others.keySet()))
                    && sameAll(fields.values(), others.values());
            case Map<?, ?> map -> b instanceof Map<?, ?> other
                    && sameAll(map.keySet(), other.keySet())
                    && sameAll(map.values(), other.values());
            case VariantValue(var name, var payload) -> b instanceof VariantValue(var otherName, var otherPayload)
                    && name.equals(otherName)
                    && same(payload, otherPayload);
            case Optional<?> optional -> b instanceof Optional<?> other
                    && same(optional.orElse(null), other.orElse(null));
            case Result.Ok<?, ?>(var value) -> b instanceof Result.Ok<?, ?>(var other) && same(value, other);
            case Result.Err<?, ?>(var error) -> b instanceof Result.Err<?, ?>(var other) && same(error, other);
            default -> a.equals(b);
        };
    }

    private static boolean sameAll(Iterable<?> a, Iterable<?> b) {
        Iterator<?> others = b.iterator();
        for (Object value : a) {
            if (!others.hasNext() || !same(value, others.next())) {
                return false;
            }
        }
        return !others.hasNext();
    }
}
