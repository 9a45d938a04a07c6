package dev.virga.plugin.blobstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Tuple;
import dev.virga.engine.Trap;
import dev.virga.plugin.Limits;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every function of {@code wasi:blobstore}, called by a guest; the test kit checks that all charges are given back. */
class BlobstoreGuestTest {

    private static final long ALL = -1; // the largest u64

    @TempDir
    Path data;

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private List<Path> filesOfDirectory() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).filter(f -> !f.endsWith("lock")).toList();
        }
    }

    @Test
    void callsAreSpansOfTheirContainerWithoutNamesOfObjects() {
        try (Guest guest = Guest.start(data, "memory")) {
            guest.call("create", "photos");
            guest.call("put", "photos", "secret", random(10));
            guest.error("get", "photos", "none", 0L, ALL);
            List<String> spans = guest.spans();
            assertTrue(spans.contains("memory create-container photos"), spans::toString);
            assertEquals(1, spans.stream().filter("memory write-data photos"::equals).count(), spans::toString);
            assertTrue(spans.contains("memory get-data photos: no_such_object"), spans::toString);
            assertTrue(spans.stream().noneMatch(s -> s.contains("secret")), spans::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", ""})
    void containers(String backend) {
        try (Guest guest = Guest.start(data, backend)) {
            assertEquals(false, guest.call("exists", "photos"));
            assertEquals("there is no container \"photos\"", guest.error("info", "photos"));
            assertEquals("photos", guest.call("create", "photos"));
            assertEquals("there is a container \"photos\" already", guest.error("create", "photos"));
            assertEquals(true, guest.call("exists", "photos"));
            Tuple info = (Tuple) guest.call("info", "photos");
            assertEquals("photos", info.values().get(0));
            assertEquals(System.currentTimeMillis() / 1000.0, ((Long) info.values().get(1)).doubleValue(), 30);
            guest.call("put", "photos", "a", random(10));
            guest.call("remove", "photos");
            guest.call("remove", "photos");
            assertEquals(false, guest.call("exists", "photos"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", ""})
    void objects(String backend) {
        try (Guest guest = Guest.start(data, backend)) {
            guest.call("create", "photos");
            byte[] bytes = random(100_000);
            for (String put : List.of("put", "put-late", "put-open")) {
                guest.call(put, "photos", put, bytes);
                assertArrayEquals(bytes, (byte[]) guest.call("get", "photos", put, 0L, ALL));
                Tuple streamed = (Tuple) guest.call("get-stream", "photos", put, 10L, 70_000L);
                assertEquals(69_991L, streamed.values().get(0));
                assertArrayEquals(Arrays.copyOfRange(bytes, 10, 70_001), (byte[]) streamed.values().get(1));
            }
            guest.call("put", "photos", "empty", new byte[0]);
            assertEquals(0, ((byte[]) guest.call("get", "photos", "empty", 0L, ALL)).length);
            assertEquals(true, guest.call("has", "photos", "empty"));
            assertEquals(false, guest.call("has", "photos", "none"));
            Tuple info = (Tuple) guest.call("object-info", "photos", "put");
            assertEquals(List.of("photos", "put"), info.values().subList(0, 2));
            assertEquals(100_000L, info.values().get(3));
            assertEquals("there is no object \"none\" in the container \"photos\"",
                    guest.error("get", "photos", "none", 0L, ALL));
            assertEquals("there is no object \"none\" in the container \"photos\"",
                    guest.error("object-info", "photos", "none"));

            guest.call("create", "other");
            guest.call("copy", "photos", "put", "other", "copy");
            guest.call("move", "other", "copy", "other", "moved");
            assertEquals(List.of("moved"), Guest.field(guest.call("names", "other", 10L), 0));
            assertArrayEquals(bytes, (byte[]) guest.call("get", "other", "moved", 0L, ALL));
            assertEquals("there is no container \"none\"", guest.error("copy", "photos", "put", "none", "a"));

            guest.call("delete", "photos", "put");
            guest.call("delete", "photos", "put");
            guest.call("delete-all", "photos", List.of("put-late", "none", "put-open"));
            assertEquals(List.of("empty"), Guest.field(guest.call("names", "photos", 10L), 0));
            guest.call("clear", "photos");
            assertEquals(List.of(), Guest.field(guest.call("names", "photos", 10L), 0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", ""})
    void aBodyGoesOnWhileItsObjectIsReplacedAndDeleted(String backend) {
        try (Guest guest = Guest.start(data, backend)) {
            guest.call("create", "photos");
            byte[] bytes = random(300_000);
            guest.call("put", "photos", "a", bytes);
            assertArrayEquals(bytes, (byte[]) guest.call("get-while-replaced", "photos", "a"));
            assertEquals(false, guest.call("has", "photos", "a"));
        }
    }

    @Test
    void valuesThatAreDroppedOrLeftByATrapAreNeverSeen() throws Exception {
        try (Guest guest = Guest.start(data, "")) {
            guest.call("create", "photos");
            assertEquals(false, guest.call("abandon", "photos", "a", random(100_000)));
            assertThrows(Trap.class, () -> guest.raw("trap-writing", "photos", "a"));
            assertEquals(List.of(), Guest.field(guest.call("names", "photos", 10L), 0));
            assertEquals(List.of(), filesOfDirectory());
        }
    }

    @Test
    void misuseIsAnError() {
        try (Guest guest = Guest.start(data, "memory")) {
            guest.call("create", "photos");
            assertEquals(Tuple.of(true, false), guest.raw("two-bodies"));
            assertTrue(guest.error("finish-nothing").contains("write-data"));
            assertEquals("the value was given to a container already", guest.error("two-targets", "photos", "a"));
            assertEquals("the name of the object is empty", guest.error("put", "photos", "", new byte[1]));
            assertEquals("the name of the container is empty", guest.error("create", ""));
            assertTrue(guest.error("create", "ü".repeat(513)).contains("1024 bytes"));
            assertTrue(guest.error("has", "photos", "x".repeat(1025)).contains("1024 bytes"));
            assertTrue(guest.audit().stream().anyMatch(l -> l.startsWith("refused wasi:blobstore: the name")));
        }
    }

    @Test
    void valuesInMemoryAreBoundedAndStreamsAreNot() {
        Limits limits = new Limits(1024, 100_000, 1, 1000, 256);
        try (Guest guest = Guest.start(data, "", limits)) {
            guest.call("create", "photos");
            guest.call("put", "photos", "a", random(200_000));
            assertTrue(guest.error("get", "photos", "a", 0L, ALL).contains("read it as a stream"));
            assertEquals(50_000, ((byte[]) guest.call("get", "photos", "a", 0L, 49_999L)).length);
            assertEquals(200_000L, Guest.field(guest.call("get-stream", "photos", "a", 0L, ALL), 0));
            assertTrue(guest.error("put-late", "photos", "b", random(200_000)).contains("call it first"));
            assertEquals(false, guest.call("has", "photos", "b"));
        }
    }

    @Test
    void anObjectIsNoLargerThanTheOperatorAllows() {
        try (Guest guest = Guest.start(data, "memory")) {
            guest.call("create", "photos");
            guest.call("put-zeroes", "photos", "a", 8L << 20);
            assertTrue(guest.error("put-zeroes", "photos", "b", (8L << 20) + 1).contains("8388608"));
            assertEquals(false, guest.call("has", "photos", "b"));
        }
    }

    @Test
    void handlesAreBounded() {
        Limits limits = new Limits(1024, 1 << 20, 1, 1000, 20);
        try (Guest guest = Guest.start(data, "", limits)) {
            guest.call("create", "photos");
            guest.call("put", "photos", "a", random(10));
            guest.call("hold-containers", "photos", 20);
            assertTrue(guest.error("hold-containers", "photos", 21).contains("more than the 20"));
            assertTrue(guest.error("hold-values", "photos", "a", 20).contains("more than the 20"));
            assertTrue(guest.error("hold-listings", "photos", 20).contains("more than the 20"));
            guest.call("hold-bodies", 20);
            assertEquals("no body", guest.error("hold-bodies", 21));
            guest.call("hold-values", "photos", "a", 19);
        }
    }

    @Test
    void aListingOfAHundredThousandObjectsComesInPieces() throws Exception {
        try (Guest guest = Guest.start(data, "")) {
            guest.call("create", "many");
            Path objects = data.resolve("objects/containers/tenant/many/objects");
            for (int i = 0; i < 100_000; i++) {
                Files.createFile(objects.resolve("o" + i));
            }
            Tuple read = (Tuple) guest.call("names", "many", ALL);
            assertEquals(1000L, read.values().get(1));
            assertEquals(100_000, new HashSet<>((List<?>) read.values().get(0)).size());
            assertEquals(Tuple.of(1000L, false, 1000L), guest.call("skip", "many", ALL));
            guest.call("clear", "many");
            assertEquals(List.of(), Guest.field(guest.call("names", "many", 10L), 0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", ""})
    void namesCanBeSkippedAndReadOneByOne(String backend) {
        try (Guest guest = Guest.start(data, backend)) {
            guest.call("create", "few");
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                names.add("o" + i);
                guest.call("put", "few", names.getLast(), new byte[1]);
            }
            Tuple read = (Tuple) guest.call("names", "few", 1L);
            assertEquals(names, ((List<?>) read.values().get(0)).stream().sorted().toList());
            assertEquals(1L, read.values().get(1));
            assertEquals(Tuple.of(3L, false, 4L), guest.call("skip", "few", 3L));
            assertEquals(Tuple.of(7L, true, 0L), guest.call("skip", "few", 8L));
            assertTrue(guest.error("delete-all", "few", names.stream()
                    .flatMap(n -> Stream.generate(() -> n).limit(200)).toList()).contains("1000"));
        }
    }

    @Test
    void tenantsDoNotSeeEachOther() {
        try (TestHost host = Guest.host(data)) {
            for (String backend : List.of("", "memory")) {
                try (TestWorkload mine = Guest.start(host, "mine", backend, Limits.DEFAULT);
                        TestWorkload other = Guest.start(host, "other", backend, Limits.DEFAULT)) {
                    Guest.ok(mine.call(List.of("create"), "photos"));
                    assertEquals(false, Guest.ok(other.call(List.of("exists"), "photos")));
                    for (String escape : List.of("../mine/photos", "mine/photos", "..", "%2e%2e%2fmine%2fphotos")) {
                        assertEquals(false, Guest.ok(other.call(List.of("exists"), escape)));
                    }
                    Guest.ok(other.call(List.of("remove"), "photos"));
                    assertEquals(true, Guest.ok(mine.call(List.of("exists"), "photos")));
                }
            }
        }
    }

    @Test
    void theOperatorMayLetAllSeeABackend() {
        try (TestHost host = Guest.host(data);
                TestWorkload mine = Guest.start(host, "mine", "shared", Limits.DEFAULT);
                TestWorkload other = Guest.start(host, "other", "shared", Limits.DEFAULT)) {
            Guest.ok(mine.call(List.of("create"), "photos"));
            assertEquals(true, Guest.ok(other.call(List.of("exists"), "photos")));
        }
    }

    @Test
    void whatIsUsedIsInTheAuditLog() {
        try (Guest guest = Guest.start(data, "memory")) {
            guest.call("create", "photos");
            guest.call("put", "photos", "a", new byte[1]);
            assertTrue(guest.audit().contains("used wasi:blobstore: create-container photos"));
            assertTrue(guest.audit().contains("used wasi:blobstore: write-data photos/a"));
        }
    }

    @Test
    void anUnknownBackendOrSettingIsRefused() {
        try (TestHost host = Guest.host(data)) {
            PluginException e = assertThrows(PluginException.Refused.class, () -> host.plugin()
                    .bind(Guest.grant("tenant", "wasi:blobstore", "s4", Limits.DEFAULT)));
            assertEquals("wasi:blobstore: the host has no blob store \"s4\"; it has [default, memory, shared]",
                    e.getMessage());
            assertThrows(PluginException.Refused.class, () -> host.plugin().bind(TestHost.grant(
                    new WorkloadName("tenant", "app"), "wasi:blobstore", Set.of("blobstore"),
                    "root=/etc")));
        }
    }
}
