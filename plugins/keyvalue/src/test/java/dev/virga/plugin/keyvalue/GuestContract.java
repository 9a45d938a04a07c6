package dev.virga.plugin.keyvalue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.plugin.Grant;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.keyvalue.Bucket.KeyValue;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What guests see, over a backend that is called "used". */
public abstract class GuestContract {

    protected static final WorkloadName NAME = new WorkloadName("tenant", "guest");

    @TempDir
    private Path data;

    private TestHost host;
    private byte[] guest;

    /** The backend of this test, an empty one. */
    protected abstract PluginHost.Backend backend();

    @BeforeEach
    void open() throws IOException {
        guest = Files.readAllBytes(Path.of("../keyvalue/src/test/guests/every.wasm"));
        host = new TestHost(new KeyValueProvider(), data, Map.of("used", backend()));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private TestWorkload start(WorkloadName name, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("backend=used");
        Grant grant = TestHost.grant(
                name, "wasi:keyvalue", Set.of("store", "atomics", "batch", "watcher"), all.toArray(String[]::new));
        return host.start(name, guest, grant);
    }

    private static Object call(TestWorkload workload, String function, Object... arguments) {
        Result<?, ?> result = (Result<?, ?>) workload.call(List.of(function), arguments);
        return result.orElse(error -> {
            throw new AssertionError(error);
        });
    }

    private static String error(TestWorkload workload, String function, Object... arguments) {
        return switch ((Result<?, ?>) workload.call(List.of(function), arguments)) {
            case Result.Err<?, ?>(Object error) -> (String) error;
            case Result.Ok<?, ?> ok -> throw new AssertionError(ok);
        };
    }

    /** The same buckets as a guest's, from the outside. */
    private Bucket bucket(WorkloadName name, String bucket) {
        KeyValueBinding binding = (KeyValueBinding)
                host.plugin().bind(TestHost.grant(name, "wasi:keyvalue", Set.of(), "backend=used"));
        return binding.bucket(bucket);
    }

    @Test
    void everyFunctionOfBothDrafts() {
        try (TestWorkload workload = start(NAME)) {
            call(workload, "draft");
            call(workload, "draft2");
            assertEquals(
                    List.of(
                            "used wasi:keyvalue: open bucket every",
                            "refused wasi:keyvalue: open bucket \"\" (a name has 1 to 1024 bytes and no control"
                                    + " characters)",
                            "used wasi:keyvalue: open bucket every2",
                            "refused wasi:keyvalue: open bucket \"a?b\" (a name has 1 to 1024 bytes and no control"
                                    + " characters)"),
                    workload.audit());
        }
    }

    @Test
    void whatOneCallStoresTheNextOneFindsAndAnotherTenantDoesNot() {
        try (TestWorkload one = start(NAME);
                TestWorkload two = start(new WorkloadName("tenant", "second"));
                TestWorkload other = start(new WorkloadName("other", "guest"))) {
            call(one, "set", "b", "k", 10);
            assertEquals(10, call(one, "get", "b", "k"));
            assertEquals(10, call(two, "get", "b", "k"));
            assertEquals("none", error(other, "get", "b", "k"));
            assertEquals(Tuple.of(1, 0, 0), call(other, "list-draft", "b"));
        }
    }

    @Test
    void onlyBucketsThatAreAllowedAreOpened() {
        try (TestWorkload workload = start(NAME, "buckets=a, b")) {
            call(workload, "open", "a");
            call(workload, "open", "b");
            assertTrue(error(workload, "open", "c").contains("AccessDenied"));
            assertEquals(
                    "refused wasi:keyvalue: open bucket \"c\" (add it to the entry's setting \"buckets\")",
                    workload.audit().getLast());
        }
    }

    @Test
    void handlesAreBoundedAndAllIsGivenBack() {
        try (TestWorkload workload = start(NAME)) {
            call(workload, "open-many", 256);
            assertTrue(error(workload, "open-many", 257).contains("holds 256 buckets and cas handles"));
            call(workload, "set", "many", "k", 1 << 20);
            assertTrue(error(workload, "cas-many", "k", 256).contains("Other"), "the bucket is one too");
            assertTrue(error(workload, "cas-many", "k", 255).contains("memory limit"), "255 MiB and the guest's own");
            call(workload, "cas-many", "k", 10);
        }
    }

    @Test
    void keysValuesAndBatchesAreBounded() {
        try (TestWorkload workload = start(NAME)) {
            call(workload, "set", "b", "k".repeat(1024), 1);
            assertTrue(error(workload, "set", "b", "k".repeat(1025), 1).contains("a key may have 1024 bytes"));
            assertTrue(error(workload, "set", "b", "ü".repeat(513), 1).contains("a key may have 1024 bytes"));
            assertTrue(error(workload, "set", "b", "k", (16 << 20) + 1).contains("may have 16777216"));
            assertTrue(error(workload, "open", "b".repeat(1025)).contains("NoSuchStore"));
            assertEquals(0L, call(workload, "get-many", "b", IntStream.range(0, 1000).mapToObj(i -> "n" + i).toList()));
            assertTrue(error(workload, "get-many", "b", IntStream.range(0, 1001).mapToObj(i -> "n" + i).toList())
                    .contains("may have 1000"));
            call(workload, "set", "b", "large", 9 << 20);
            assertTrue(error(workload, "get-many", "b", List.of("large", "large")).contains("fewer keys"));
            assertEquals(9 << 20, call(workload, "get", "b", "large"));
        }
    }

    @Test
    void aHundredThousandKeysComeInPages() {
        Bucket bucket = bucket(NAME, "large");
        for (int i = 0; i < 100; i++) {
            int part = i;
            bucket.setMany(IntStream.range(0, 1000)
                    .mapToObj(j -> new KeyValue("key " + part + " " + j, new byte[1]))
                    .toList());
        }
        try (TestWorkload workload = start(NAME)) {
            for (String function : List.of("list-draft", "list-draft2")) {
                List<Object> counts = ((Tuple) call(workload, function, "large")).values();
                assertEquals(100_000, counts.get(1));
                assertTrue((int) counts.get(2) <= 1100, "a page has " + counts.get(2));
                assertTrue((int) counts.get(0) >= 90, counts.get(0) + " pages");
            }
        }
    }

    @Test
    void aCursorThatWasNeverGivenIsRefused() {
        try (TestWorkload workload = start(NAME)) {
            for (long cursor : new long[] {0, 1, -1, Long.MAX_VALUE}) {
                assertTrue(error(workload, "list-at", "b", cursor).contains("start without one"));
            }
        }
    }

    @Test
    void watchersOfBothDraftsAreToldOfChangesByAnybody() throws Exception {
        try (TestWorkload workload = start(NAME, "watch=b")) {
            Bucket bucket = bucket(NAME, "b");
            Bucket told = bucket(NAME, "told");
            call(workload, "set", "b", "guest", 3);
            await(told, "draft set guest true", "draft2 set guest true");
            bucket.set("outside", new byte[5], Optional.empty());
            await(told, "draft set outside true", "draft2 set outside true");
            assertEquals(5, told.get("draft set outside true").orElseThrow().length);
            bucket.set("trap", new byte[1], Optional.empty());
            bucket.delete("outside");
            await(told, "draft delete outside true", "draft2 delete outside true");
            assertEquals(1, host.log().stream().filter(line -> line.contains("watching the bucket b")).count());
        }
    }

    private static void await(Bucket bucket, String... keys) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (String key : keys) {
            while (!bucket.exists(key)) {
                assertTrue(System.nanoTime() < end, key + " not within 20 seconds, but " + bucket.list("", Optional.empty(), 100));
                Thread.yield();
            }
        }
    }

    @Test
    void wrongSettingsAreRefused() {
        Map<String, String> wrong = Map.of(
                "backend=none", "the host has no key-value backend \"none\"; it has [embedded, in-memory, memory, used]",
                "bucket=a", "unknown settings [bucket]; known are [backend, buckets, watch]",
                "url=redis://x", "the setting \"url\" belongs to the host's operator: have a backend defined there and"
                        + " name it here by \"backend\"",
                "buckets=a,,b", "the setting \"buckets\" must be names of buckets with commas between them; no bucket"
                        + " can have this name: \"\"");
        wrong.forEach((setting, message) -> assertEquals(
                message,
                assertThrows(PluginException.Refused.class, () -> host.plugin()
                                .bind(TestHost.grant(NAME, "wasi:keyvalue", Set.of(), setting)))
                        .getMessage()));
        assertThrows(PluginException.Refused.class, () -> host.plugin()
                .bind(TestHost.grant(NAME, "wasi:keyvalue", Set.of(), "buckets=a", "watch=b")));
    }
}
