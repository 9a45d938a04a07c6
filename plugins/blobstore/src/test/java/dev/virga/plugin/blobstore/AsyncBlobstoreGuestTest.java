package dev.virga.plugin.blobstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.plugin.Limits;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code wasmcloud:blobstore}, whose functions and streams are asynchronous, called by a guest. */
class AsyncBlobstoreGuestTest {

    @TempDir
    Path data;

    private static TestWorkload start(TestHost host, String backend) {
        return host.start(new WorkloadName("tenant", "app"), Guest.component("async-blobs"),
                Guest.grant("tenant", "wasmcloud:blobstore", backend, Limits.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", ""})
    void everyFunction(String backend) {
        try (TestHost host = Guest.host(data);
                TestWorkload guest = start(host, backend)) {
            assertEquals("", guest.call(List.of("run"), "photos"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", ""})
    void largeObjects(String backend) {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        try (TestHost host = Guest.host(data);
                TestWorkload guest = start(host, backend);
                TestWorkload other = Guest.start(host, "tenant", backend, Limits.DEFAULT)) {
            Guest.ok(other.call(List.of("create"), "photos"));
            assertEquals("", guest.call(List.of("put"), "photos", "large", bytes));
            assertArrayEquals(bytes, (byte[]) Guest.ok(guest.call(List.of("get"), "photos", "large", 0L, -1L)));
            assertArrayEquals(bytes, (byte[]) Guest.ok(other.call(List.of("get"), "photos", "large", 0L, -1L)));
            assertEquals("Error::NoSuchObject", Guest.errorOf(guest.call(List.of("get"), "photos", "none", 0L, -1L)));
        }
    }
}
