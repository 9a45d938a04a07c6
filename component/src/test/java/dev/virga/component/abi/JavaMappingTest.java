package dev.virga.component.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ErrorContext;
import dev.virga.component.StreamReader;
import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The Java types that {@link dev.virga.component.HostInterface} documents. */
class JavaMappingTest {

    private record Point(int x, int y) {}

    private record Pair<A, B>(A first, B second) {}

    private record Nested(Pair<List<String>, Optional<Long>> pair, byte[] rawData, boolean default_) {}

    enum Color { RED, DARK_GREEN }

    private enum Access { READ, WRITE }

    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record LineTo(Point payload) implements Shape {}

        record Nothing() implements Shape {}
    }

    interface Stream extends AutoCloseable {}

    /** Java types are taken from the parameters of these methods. */
    @SuppressWarnings("unused")
    interface Signatures {
        void nested(Nested value);

        void shapes(List<Shape> value);

        void enums(Pair<Color, Set<Access>> value);

        void options(Optional<Optional<Integer>> value);

        void results(Pair<Result<Void, Color>, Result<String, Void>> value);

        void wildcards(List<? extends Optional<?>> value);

        void map(Map<String, Point> value);

        void arrays(Pair<int[], double[]> value);

        void dynamic(List<Object> value);

        void resources(Pair<Stream, List<Stream>> value);

        void wrongDeepInside(List<Pair<String, Optional<List<Integer>>>> value);

        void raw(@SuppressWarnings("rawtypes") List value);
    }

    private static Type java(String method) {
        Method found = Arrays.stream(Signatures.class.getDeclaredMethods())
                .filter(m -> m.getName().equals(method))
                .findFirst()
                .orElseThrow();
        return found.getGenericParameterTypes()[0];
    }

    /** Lowers a value as a parameter of a lifted function that returns it. */
    private static Object through(ValueType type, Type java, Object value) {
        Codec codec = Codec.of(type, java);
        FunctionType identity =
                new FunctionType(List.of(new FunctionType.Param("a", type)), Optional.of(type), false);
        try (GuestMemory guest = new GuestMemory(StringEncoding.UTF8, 64)) {
            var target = MethodHandles.dropArguments(MethodHandles.identity(codec.carrier()), 0, LiftLowerContext.class);
            var lowered = CanonicalAdapters.lower(List.of(codec), Optional.of(codec), target);
            var core = MethodHandles.insertArguments(
                    RoundTripTest.adaptSpilledResult(identity, lowered, guest), 0, guest);
            return CanonicalAdapters.lift(List.of(codec), Optional.of(codec))
                    .invokeWithArguments(guest, core, null, value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static ValueType tuple(ValueType... types) {
        return new ValueType.Tuple(List.of(types));
    }

    private static final ValueType POINT = new ValueType.Record(
            List.of(new ValueType.Field("x", Primitive.U32), new ValueType.Field("y", Primitive.S32)));

    private static final ValueType SHAPE = new ValueType.Variant(List.of(
            new ValueType.Case("circle", Optional.of(Primitive.F64)),
            new ValueType.Case("line-to", Optional.of(POINT)),
            new ValueType.Case("nothing", Optional.empty())));

    private static final ValueType COLOR = new ValueType.Enum(List.of("red", "dark-green"));

    @Test
    void aRecordIsAJavaRecordEvenAPrivateGenericOne() {
        ValueType type = new ValueType.Record(List.of(
                new ValueType.Field("pair", tuple(
                        new ValueType.ListOf(Primitive.STRING), new ValueType.Option(Primitive.U64))),
                new ValueType.Field("raw-data", new ValueType.ListOf(Primitive.U8)),
                new ValueType.Field("default", Primitive.BOOL)));
        Nested value = new Nested(new Pair<>(List.of("a", "ü"), Optional.of(-1L)), new byte[] {1, 2}, true);
        Nested back = (Nested) through(type, java("nested"), value);
        assertEquals(value.pair(), back.pair());
        assertArrayEquals(value.rawData(), back.rawData());
        assertTrue(back.default_());
    }

    @Test
    void aVariantIsASealedInterfaceOfRecords() {
        List<Shape> value = List.of(
                new Shape.Circle(1.5), new Shape.LineTo(new Point(-1, 2)), new Shape.Nothing());
        assertEquals(value, through(new ValueType.ListOf(SHAPE), java("shapes"), value));
    }

    @Test
    void enumsAndFlagsAreJavaEnums() {
        ValueType type = tuple(COLOR, new ValueType.Flags(List.of("read", "write")));
        for (Set<Access> access : List.of(
                EnumSet.noneOf(Access.class), EnumSet.allOf(Access.class), EnumSet.of(Access.WRITE))) {
            Pair<Color, Set<Access>> value = new Pair<>(Color.DARK_GREEN, access);
            assertEquals(value, through(type, java("enums"), value));
        }
    }

    @Test
    void optionsNest() {
        ValueType type = new ValueType.Option(new ValueType.Option(Primitive.U32));
        for (Optional<Optional<Integer>> value : List.of(
                Optional.<Optional<Integer>>empty(),
                Optional.of(Optional.<Integer>empty()),
                Optional.of(Optional.of(7)))) {
            assertEquals(value, through(type, java("options"), value));
        }
    }

    @Test
    void aMissingPayloadOfAResultIsVoid() {
        ValueType type = tuple(
                new ValueType.Result(Optional.empty(), Optional.of(COLOR)),
                new ValueType.Result(Optional.of(Primitive.STRING), Optional.empty()));
        for (var value : List.of(
                new Pair<>(Result.<Color>ok(), Result.<String, Void>ok("x")),
                new Pair<>(Result.<Void, Color>err(Color.RED), Result.<String>err()))) {
            assertEquals(value, through(type, java("results"), value));
        }
    }

    @Test
    void wildcardsAndRawTypesAndObjectMeanTheDynamicMapping() {
        ValueType type = new ValueType.ListOf(new ValueType.Option(tuple(Primitive.U8, Primitive.CHAR)));
        List<Optional<Tuple>> value = List.of(Optional.of(Tuple.of((byte) 1, 0x1F600)), Optional.empty());
        assertEquals(value, through(type, java("wildcards"), value));
        assertEquals(value, through(type, java("raw"), value));
        assertEquals(value, through(type, java("dynamic"), value));
    }

    @Test
    void mapsAndArraysOfNumbers() {
        Map<String, Point> map = Map.of("a", new Point(1, 2), "b", new Point(3, 4));
        assertEquals(map, through(new ValueType.MapOf(Primitive.STRING, POINT), java("map"), map));
        Pair<?, ?> back = (Pair<?, ?>) through(
                tuple(new ValueType.ListOf(Primitive.U32), new ValueType.ListOf(Primitive.F64)),
                java("arrays"),
                new Pair<>(new int[] {-1, 5}, new double[] {Math.PI}));
        assertArrayEquals(new int[] {-1, 5}, (int[]) back.first());
        assertArrayEquals(new double[] {Math.PI}, (double[]) back.second());
    }

    @Test
    void resourcesAreTheirClass() {
        ResourceType resource = new ResourceType("stream");
        ValueType type = tuple(new ValueType.Borrow(resource), new ValueType.ListOf(new ValueType.Own(resource)));
        Stream stream = () -> {};
        Pair<Stream, List<Stream>> value = new Pair<>(stream, List.of(stream, stream));
        assertEquals(value, through(type, java("resources"), value));
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class,
                () -> through(type, java("resources"), new Pair<>("no stream", List.of())));
        assertTrue(wrong.getMessage().contains("borrow<stream>"), wrong.getMessage());
    }

    @Test
    void aMismatchNamesThePartThatDoesNotFit() {
        ValueType type = new ValueType.ListOf(tuple(
                Primitive.STRING, new ValueType.Option(new ValueType.ListOf(Primitive.U64))));
        assertMismatch(type, java("wrongDeepInside"), "[].second(some)[]: u64 is long in Java, not java.lang.Integer");
        assertMismatch(Primitive.STRING, int.class, "string is String in Java, not int");
        assertMismatch(Primitive.CHAR, char.class, "char is int in Java, not char");
        assertMismatch(new ValueType.ListOf(Primitive.U8), java("shapes"), "[]: u8 is byte");
        assertMismatch(tuple(Primitive.U32), Point.class, "has 2 components, not the 1");
        assertMismatch(
                new ValueType.Record(List.of(
                        new ValueType.Field("y", Primitive.S32), new ValueType.Field("x", Primitive.U32))),
                Point.class,
                "component 0 of the Java record " + Point.class.getName() + " is x where the record has the field y");
        assertMismatch(new ValueType.Enum(List.of("red", "green")), Color.class, "[RED, DARK_GREEN]");
        assertMismatch(
                new ValueType.Variant(List.of(new ValueType.Case("circle", Optional.of(Primitive.F64)))),
                Shape.class,
                "permits 3 classes, where the variant has the cases [circle]");
        assertMismatch(
                new ValueType.Variant(List.of(
                        new ValueType.Case("circle", Optional.of(Primitive.F64)),
                        new ValueType.Case("nothing", Optional.empty()),
                        new ValueType.Case("line-to", Optional.of(POINT)))),
                Shape.class,
                "(nothing): case 1");
        assertMismatch(new ValueType.Own(new ResourceType("r")), int.class, "own<r> is the resource's class");
    }

    private static void assertMismatch(ValueType type, Type java, String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Codec.of(type, java));
        assertTrue(e.getMessage().contains(text), e.getMessage());
    }

    @Test
    void wrongAndMissingValuesAreRefusedWithTheirType() {
        for (ValueType type : List.of(
                Primitive.STRING, Primitive.CHAR, POINT, SHAPE, COLOR, new ValueType.ListOf(Primitive.U8),
                new ValueType.ListOf(Primitive.STRING), new ValueType.Option(Primitive.U8), tuple(Primitive.U8),
                new ValueType.Result(Optional.empty(), Optional.empty()), new ValueType.Flags(List.of("a")),
                new ValueType.MapOf(Primitive.U8, Primitive.U8), new ValueType.FixedList(Primitive.U8, 2))) {
            for (Object wrong : Arrays.asList(null, new Object(), (byte) 1)) {
                IllegalArgumentException e = assertThrows(
                        IllegalArgumentException.class,
                        () -> through(new ValueType.ListOf(type), Object.class, Arrays.asList(wrong)),
                        () -> type + " " + wrong);
                assertTrue(e.getMessage().contains("a value of type"), e.getMessage());
            }
        }
    }

    @Test
    void aNullPayloadIsRefused() {
        ValueType type = new ValueType.Result(Optional.of(Primitive.STRING), Optional.empty());
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> through(type, Object.class, Result.ok(null)));
        assertTrue(e.getMessage().contains("not null"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> through(type, Object.class, Result.err("superfluous")));
    }

    @Test
    void anUnpairedSurrogateInAJavaStringIsRefused() {
        for (String text : List.of("\uD800", "a\uDC00b", "ü\uD83D", "\uD83Dx?")) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> through(Primitive.STRING, String.class, text));
            assertTrue(e.getMessage().contains("surrogate"), e.getMessage());
        }
        assertEquals("a?\uD83D\uDE00", through(Primitive.STRING, String.class, "a?\uD83D\uDE00"));
    }

    @Test
    void streamsFuturesAndErrorContextsHaveClassesOfTheirOwn() {
        ValueType bytes = new ValueType.Stream(Optional.of(Primitive.U8));
        ValueType texts = new ValueType.Stream(Optional.of(Primitive.STRING));
        ValueType future = new ValueType.Future(Optional.empty());
        assertEquals(InputStream.class, Codec.of(bytes, Object.class).carrier());
        assertEquals(InputStream.class, Codec.of(bytes, InputStream.class).carrier());
        assertEquals(StreamReader.class, Codec.of(texts, Object.class).carrier());
        assertEquals(Future.class, Codec.of(future, Object.class).carrier());
        assertEquals(ErrorContext.class, Codec.of(Primitive.ERROR_CONTEXT, Object.class).carrier());
        assertThrows(IllegalArgumentException.class, () -> Codec.of(texts, InputStream.class));
        assertThrows(IllegalArgumentException.class, () -> Codec.of(bytes, StreamReader.class));
    }
}
