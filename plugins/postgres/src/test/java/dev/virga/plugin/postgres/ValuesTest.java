package dev.virga.plugin.postgres;

import static dev.virga.plugin.postgres.Setup.NULL;
import static dev.virga.plugin.postgres.Setup.one;
import static dev.virga.plugin.postgres.Setup.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.RecordValue;
import dev.virga.component.Tuple;
import dev.virga.component.VariantValue;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of all types, to the server and back through a guest. */
class ValuesTest {

    @TempDir
    static Path data;

    private static PostgresServer server;
    private static TestHost host;
    private static TestWorkload shop;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        host = Setup.host(data, Setup.backend(server.port));
        shop = Setup.start(host, Setup.SHOP);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (server != null) {
            try (PostgresServer s = server;
                    TestHost h = host) {
                shop.close();
            }
        }
    }

    private static Tuple real(double number) {
        return Floats.ofDouble(number);
    }

    private static Tuple point(double x, double y) {
        return Tuple.of(real(x), real(y));
    }

    private static VariantValue ymd(int year, int month, int day) {
        return value("ymd", Tuple.of(year, month, day));
    }

    private static RecordValue time(int hour, int min, int sec, int micro) {
        return Records.of("hour", hour, "min", min, "sec", sec, "micro", micro);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Sample(String type, String name, Object payload) {}

    private static final VariantValue FOREVER = new VariantValue("positive-infinity", Optional.empty());

    private static List<Sample> samples() {
        List<Sample> all = new ArrayList<>(List.of(
                new Sample("int8", "int8", Long.MIN_VALUE),
                new Sample("int8", "big-int", 1L << 40),
                new Sample("bool", "bool", true),
                new Sample("bool", "boolean", false),
                new Sample("float8", "float8", real(-0.1)),
                new Sample("float8", "double", real(Double.MIN_VALUE)),
                new Sample("float8", "float8", real(-0.0)),
                new Sample("float8", "float8", real(Double.MAX_VALUE)),
                new Sample("float8", "float8", real(Double.POSITIVE_INFINITY)),
                new Sample("float8", "float8", real(Double.NaN)),
                new Sample("float4", "float4", Floats.ofFloat(1.1f)),
                new Sample("float4", "real", Floats.ofFloat(Float.NaN)),
                new Sample("float4", "float4", Floats.ofFloat(Float.NEGATIVE_INFINITY)),
                new Sample("int4", "int4", Integer.MIN_VALUE),
                new Sample("int4", "integer", 7),
                new Sample("int4", "int", 7),
                new Sample("int4", "serial", 7),
                new Sample("int4", "serial4", 7),
                new Sample("int8", "big-serial", 7L),
                new Sample("int8", "serial8", 7L),
                new Sample("int2", "int2", Short.MIN_VALUE),
                new Sample("int2", "small-int", (short) 7),
                new Sample("int2", "small-serial", (short) 7),
                new Sample("int2", "serial2", (short) 7),
                new Sample("int2vector", "int2-vector", List.of((short) 1, (short) -2)),
                new Sample("int2vector[]", "int2-vector-array", List.of(List.of((short) 1, (short) 2), List.of((short) 3))),
                new Sample("numeric", "numeric", "123456789012345678901234567890.000100"),
                new Sample("numeric", "decimal", "NaN"),
                new Sample("numeric[]", "numeric-array", List.of("1.50", "-2")),
                new Sample("bit(10)", "bit", Tuple.of(10, new byte[] {(byte) 0xa5, 0x40})),
                new Sample("varbit", "varbit", Tuple.of(Optional.of(3), new byte[] {(byte) 0xa0})),
                new Sample("varbit", "bit-varying", Tuple.of(Optional.of(0), new byte[0])),
                new Sample("bytea", "bytea", new byte[] {0, 1, (byte) 0xff, '\\'}),
                new Sample("bytea[]", "bytea-array", List.of(new byte[] {0, '"'}, new byte[0])),
                new Sample("char(4)", "char", Tuple.of(5, utf8("größ".substring(0, 3) + "x"))),
                new Sample("varchar", "varchar", Tuple.of(Optional.of(6), utf8("größ"))),
                new Sample("varchar[]", "varchar-array", List.of(Tuple.of(Optional.of(1), utf8("a")))),
                new Sample("cidr", "cidr", "192.168.100.128/25"),
                new Sample("inet", "inet", "2001:db8::1/64"),
                new Sample("inet[]", "inet-array", List.of("10.0.0.1", "::1")),
                new Sample("macaddr", "macaddr", mac(6)),
                new Sample("macaddr8", "macaddr8", mac(8)),
                new Sample("macaddr[]", "macaddr-array", List.of(mac(6))),
                new Sample("box", "box", Tuple.of(point(0, 0), point(1, 2.5))),
                new Sample("box[]", "box-array", List.of(Tuple.of(point(0, 0), point(1, 2)), Tuple.of(point(-1, -1), point(0, 0)))),
                new Sample("circle", "circle", Tuple.of(point(1, 2), real(3))),
                new Sample("line", "line", Tuple.of(point(0, 1), point(1, 3))),
                new Sample("line", "line", Tuple.of(point(2, 0), point(2, 1))),
                new Sample("lseg", "lseg", Tuple.of(point(0, 1), point(1, 3))),
                new Sample("path", "path", List.of(point(0, 1), point(1, 3), point(2, 2))),
                new Sample("path[]", "path-array", List.of(List.of(point(0, 1)), List.of(point(1, 1), point(2, 2)))),
                new Sample("point", "point", point(1e300, -0.25)),
                new Sample("point[]", "point-array", List.of(point(1, 2), point(3, 4))),
                new Sample("polygon", "polygon", List.of(point(0, 0), point(1, 0), point(0, 1))),
                new Sample("date", "date", ymd(2026, 2, 28)),
                new Sample("date", "date", ymd(-43, 3, 15)),
                new Sample("date", "date", ymd(12026, 1, 1)),
                new Sample("date", "date", FOREVER),
                new Sample("date[]", "date-array", List.of(ymd(1, 1, 1), new VariantValue("negative-infinity", Optional.empty()))),
                new Sample("daterange", "interval", Records.of(
                        "start", ymd(2026, 1, 1), "start-inclusive", true, "end", FOREVER, "end-inclusive", false)),
                new Sample("time", "time", time(23, 59, 59, 999_999)),
                new Sample("timetz", "time-tz", Records.of("timesonze", "+05:30", "time", time(1, 2, 3, 40))),
                new Sample("timestamp", "timestamp", Records.of("date", ymd(2026, 2, 28), "time", time(1, 2, 3, 4))),
                new Sample("timestamp", "timestamp", Records.of("date", ymd(-43, 3, 15), "time", time(12, 0, 0, 0))),
                new Sample("timestamp", "timestamp", Records.of("date", FOREVER, "time", time(0, 0, 0, 0))),
                new Sample("timestamptz", "timestamp-tz", utc(ymd(2026, 2, 28), time(1, 2, 3, 4))),
                new Sample("timestamptz[]", "timestamp-tz-array", List.of(utc(ymd(-43, 3, 15), time(1, 0, 0, 0)), utc(FOREVER, time(0, 0, 0, 0)))),
                new Sample("json", "json", "{\"a\":  [1, null]}"),
                new Sample("jsonb", "jsonb", "{\"a\": [1, null]}"),
                new Sample("jsonb[]", "jsonb-array", List.of("{\"a\": \"\\\\\\\"\"}", "null")),
                new Sample("money", "money", "-1234567.89"),
                new Sample("money[]", "money-array", List.of("0.10", "2.00")),
                new Sample("pg_lsn", "pg-lsn", 0xffeeddcc_11223344L),
                new Sample("pg_lsn[]", "pg-lsn-array", List.of(1L, 0x1_00000000L)),
                new Sample("pg_snapshot", "pg-snapshot", Tuple.of(10L, 20L, List.of(10L, 14L))),
                new Sample("pg_snapshot", "pg-snapshot", Tuple.of(10L, 10L, List.of())),
                new Sample("name", "name", "a name"),
                new Sample("text", "text", "{\"quoted\", 'text' \\ € 😀\n"),
                new Sample("text[]", "text-array", List.of("", "NULL", "a,b", "{\"\\}", " x ")),
                new Sample("text[]", "text-array", List.of()),
                new Sample("tsquery", "ts-query", "'fat' & ( 'rat' | 'cat' )"),
                new Sample("tsvector", "ts-vector", List.of(
                        Records.of("position", Optional.of((short) 2), "weight", Optional.of("A"), "data", "it's \\ a"),
                        Records.of("position", Optional.of((short) 7), "weight", Optional.of("D"), "data", "it's \\ a"),
                        Records.of("position", Optional.empty(), "weight", Optional.empty(), "data", "plain"))),
                new Sample("uuid", "uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")));
        all.add(new Sample("xml", "xml", "<a>1</a>"));
        return all;
    }

    private static RecordValue mac(int size) {
        List<Object> bytes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            bytes.add((byte) (0xf8 + i));
        }
        return Records.of("bytes", new Tuple(bytes));
    }

    private static RecordValue utc(VariantValue date, RecordValue time) {
        return Records.of(
                "timestamp", Records.of("date", date, "time", time),
                "offset", value("western-hemisphere-secs", 0));
    }

    @Test
    void eachTypeComesBackAsItWent() {
        List<String> wrong = new ArrayList<>();
        for (Sample sample : samples()) {
            String sql = "SELECT $1::" + sample.type();
            try {
                VariantValue back = one(shop, sql, value(sample.name(), sample.payload()));
                if (!show(sample.payload()).equals(show(back.payload().orElse("nothing")))) {
                    wrong.add(sample + " came back as " + show(back));
                }
            } catch (AssertionError | RuntimeException e) {
                wrong.add(sample + ": " + e);
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** With the content of arrays. */
    private static String show(Object value) {
        return switch (value) {
            case byte[] bytes -> java.util.Arrays.toString(bytes);
            case List<?> list -> list.stream().map(ValuesTest::show).toList().toString();
            case Tuple tuple -> "(" + show(tuple.values()) + ")";
            case Optional<?> option -> option.map(ValuesTest::show).orElse("none");
            case VariantValue variant -> variant.name() + show(variant.payload());
            default -> value.toString();
        };
    }

    @Test
    void aColumnHasTheCaseOfItsType() {
        assertEquals("int4", one(shop, "SELECT 1").name());
        assertEquals("text", one(shop, "SELECT 'a'").name());
        assertEquals("char", one(shop, "SELECT 'a'::char(1)").name());
        assertEquals("char", one(shop, "SELECT 'a'::\"char\"").name());
        assertEquals("interval", one(shop, "SELECT '[2026-01-01,2026-02-01)'::daterange").name());
        assertEquals(value("text", "1 day 02:00:00"), one(shop, "SELECT '1 day 2 hours'::interval"));
        assertEquals(value("text", "[1,5)"), one(shop, "SELECT '[1,4]'::int4range"));
        assertEquals("pg-snapshot", one(shop, "SELECT txid_current_snapshot()").name());
    }

    @Test
    void everyCaseCanBeNull() {
        for (Sample sample : samples()) {
            assertEquals(NULL, one(shop, "SELECT $1::" + sample.type(), NULL), sample.type());
        }
    }

    @Test
    void timesOfOtherZonesAreTheSameMoment() {
        VariantValue east = value("timestamp-tz", Records.of(
                "timestamp", Records.of("date", ymd(2026, 1, 1), "time", time(1, 30, 0, 0)),
                "offset", value("eastern-hemisphere-secs", 5400)));
        assertEquals(value("timestamp-tz", utc(ymd(2026, 1, 1), time(0, 0, 0, 0))), one(shop, "SELECT $1::timestamptz", east));
        assertEquals(value("bool", true), one(shop, "SELECT $1 = '2026-01-01 00:00:00+00'::timestamptz", east));
    }

    @Test
    void hstoreAndTypesOfOnesOwnPass() {
        Setup.batch(shop, "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE moods (m mood, j jsonb, u uuid)");
        assertEquals(value("text", "ok"), one(shop, "SELECT $1::mood", value("text", "ok")));
        Setup.query(shop, "INSERT INTO moods VALUES ($1, $2, $3)", value("text", "sad"), value("text", "[1]"),
                value("text", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
        assertEquals("[[VariantValue[name=text, payload=Optional[sad]], VariantValue[name=jsonb, payload=Optional[[1]]], "
                + "VariantValue[name=uuid, payload=Optional[a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11]]]]",
                Setup.query(shop, "SELECT * FROM moods").toString());
        boolean hstore = one(shop, "SELECT count(*) FROM pg_available_extensions WHERE name = 'hstore'").equals(value("int8", 1L));
        org.junit.jupiter.api.Assumptions.assumeTrue(hstore, "the server lacks the extension hstore");
        Setup.batch(shop, "CREATE EXTENSION hstore");
        VariantValue pairs = value("hstore", List.of(
                Tuple.of("a", Optional.of("1")), Tuple.of("b \"q\"", Optional.empty()), Tuple.of("c", Optional.of("NULL"))));
        assertEquals(pairs, one(shop, "SELECT $1::hstore", pairs));
    }

    @Test
    void whatTheInterfaceCannotHaveIsAnErrorThatNamesTheColumn() {
        assertEquals(
                "unexpected 0A000: the column \"list\" holds an array with NULL in it, which wasmcloud:postgres cannot "
                        + "pass; cast it, for example to text",
                Setup.error(shop, "SELECT ARRAY[1,NULL] AS list"));
        assertTrue(Setup.error(shop, "SELECT ARRAY[[1],[2]]").contains("an array of more than one dimension"));
        assertTrue(Setup.error(shop, "SELECT 'empty'::daterange").contains("an empty range of days"));
    }

    @Test
    void parametersThatAreNoValuesAreRefused() {
        for (VariantValue wrong : List.of(
                value("bit", Tuple.of(9, new byte[1])),
                value("char", Tuple.of(1, new byte[2])),
                value("varchar", Tuple.of(Optional.of(1), new byte[2])),
                value("date", ymd(2026, 13, 1)),
                value("time", time(25, 0, 0, 0)),
                value("money", "12,50"),
                value("float8", Tuple.of(1L, (short) 0, (byte) 0)),
                value("time-tz", Records.of("timesonze", "'; DROP", "time", time(0, 0, 0, 0))))) {
            String error = Setup.error(shop, "SELECT $1", wrong);
            assertTrue(error.startsWith("invalid-params $1: "), error);
        }
        assertEquals("invalid-query 22008: date/time field value out of range: \"2026-02-30\"",
                Setup.error(shop, "SELECT $1::date", value("date", ymd(2026, 2, 30))));
    }

    @Test
    void numbersOfFloatingPointKeepAllTheirBits() {
        for (double d : new double[] {0, -0.0, 1, -1.5, Math.PI, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, 1 / 0.0, -1 / 0.0, 0 / 0.0}) {
            assertEquals(d, Floats.read(Floats.ofDouble(d)));
            float f = (float) d;
            assertEquals(f, Floats.readFloat(Floats.ofFloat(f)));
        }
        assertArrayEquals(new Object[] {1L << 52, (short) -52, (byte) 1}, Floats.ofDouble(1).values().toArray());
    }
}
