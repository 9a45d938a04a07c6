package dev.virga.plugin.nats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import dev.virga.plugin.blobstore.BlobBackend;
import dev.virga.plugin.blobstore.BlobBackendContract;
import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobException.Reason;
import dev.virga.plugin.blobstore.BlobId;
import dev.virga.plugin.blobstore.BlobListing;
import dev.virga.plugin.blobstore.BlobWrite;
import dev.virga.plugin.blobstore.ContainerId;
import dev.virga.plugin.messaging.LoggingHost;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.ObjectStore;
import io.nats.client.api.ObjectInfo;
import io.nats.client.api.ObjectMeta;
import io.nats.client.api.ObjectStoreConfiguration;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsBlobsTest extends BlobBackendContract {

    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir
    private static Path store;

    private static NatsServer server;

    private final List<String> log = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startServer() throws Exception {
        server = new NatsServer(store);
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected BlobBackend open() {
        return open(Settings.NONE, "prefix", "test" + NEXT.incrementAndGet(), "maxBytes", "50Mi");
    }

    private BlobBackend shared(String... more) {
        return open(Settings.NONE.with("shared", "true").with("maxBytes", "50Mi"), more);
    }

    /** With those and these settings. */
    private BlobBackend open(Settings settings, String... more) {
        Settings all = settings.with("url", server.url());
        for (int i = 0; i < more.length; i += 2) {
            all = all.with(more[i], more[i + 1]);
        }
        return new NatsBlobProvider().open(all, new LoggingHost(log));
    }

    private static ContainerId unique() {
        return new ContainerId("tenant", "box-" + NEXT.incrementAndGet());
    }

    /** How many messages are stored for chunks. */
    private static long chunks(Connection other, String bucket) throws Exception {
        return other.jetStreamManagement()
                .getStreamInfo("OBJ_" + bucket, StreamInfoOptions.filterSubjects("$O." + bucket + ".C.>"))
                .getStreamState()
                .getSubjects()
                .stream()
                .mapToLong(Subject::getCount)
                .sum();
    }

    @Test
    void otherProgramsReadWhatIsWritten() throws Exception {
        ContainerId box = unique();
        try (Connection other = Nats.connect(server.url());
                BlobBackend shared = shared()) {
            shared.create(box);
            ObjectStore theirs = other.objectStore(box.name());
            for (int size : new int[] {0, 1, 131_072, 1_000_001}) {
                byte[] bytes = random(size, size);
                write(shared, new BlobId(box, "an object"), bytes);
                ByteArrayOutputStream read = new ByteArrayOutputStream();
                if (size > 0) { // for none of them jnats waits until it has no more patience
                    theirs.get("an object", read); // which checks the digest, the size and how many chunks there are
                }
                assertArrayEquals(bytes, read.toByteArray());
                ObjectInfo info = theirs.getInfo("an object");
                assertEquals(size, info.getSize());
                assertEquals(131_072, info.getObjectMeta().getObjectMetaOptions().getChunkSize());
                assertEquals(info.getChunks(), chunks(other, box.name()));
            }
            assertEquals(List.of("an object"), theirs.getList().stream().map(ObjectInfo::getObjectName).toList());
            shared.delete(box, List.of("an object"));
            assertTrue(theirs.getInfo("an object", true).isDeleted());
            assertEquals(0, chunks(other, box.name()));
            shared.delete(box);
            assertThrows(
                    JetStreamApiException.class, () -> other.objectStoreManagement().getStatus(box.name()));
        }
    }

    @Test
    void whatOtherProgramsWriteIsRead() throws Exception {
        ContainerId box = unique();
        BlobId object = new BlobId(box, "theirs");
        byte[] bytes = random(500_000, 1);
        try (Connection other = Nats.connect(server.url());
                BlobBackend shared = shared()) {
            other.objectStoreManagement().create(ObjectStoreConfiguration.builder(box.name()).build());
            ObjectStore theirs = other.objectStore(box.name());
            theirs.put("theirs", bytes);
            assertArrayEquals(bytes, read(shared, object, 0, Long.MAX_VALUE));
            theirs.put("theirs", new UnevenReads(bytes)); // chunks of different lengths
            assertArrayEquals(bytes, read(shared, object, 0, Long.MAX_VALUE));
            for (int start : new int[] {1, 131_071, 131_072, 200_000, 499_999}) {
                assertArrayEquals(
                        Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + 140_000)),
                        read(shared, object, start, start + 139_999));
            }
            assertEquals(500_000, shared.info(object).orElseThrow().size());
            theirs.addLink("link", theirs.getInfo("theirs"));
            BlobException e = assertThrows(
                    BlobException.class, () -> shared.read(new BlobId(box, "link"), 0, 10).close());
            assertTrue(e.getMessage().contains("is a link"), e::getMessage);
            write(shared, object, new byte[10]);
            assertEquals(1, chunks(other, box.name()));
            theirs.delete("theirs");
            assertEquals(Optional.empty(), shared.info(object));
            try (BlobListing listing = shared.list(box)) {
                assertEquals(List.of("link"), listing.next(10));
            }
        }
    }

    /** Gives fewer bytes than it is asked for. */
    private static final class UnevenReads extends ByteArrayInputStream {

        UnevenReads(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, pos == 0 ? 1000 : 77_777));
        }

        @Override
        public int read(byte[] into) {
            return read(into, 0, into.length);
        }
    }

    @Test
    void rangesOfObjectsThatWereWrittenAtTheSameTimeAreFound() throws Exception {
        ContainerId box = unique();
        int size = 60 * 131_072 + 17;
        List<byte[]> contents = List.of(random(size, 1), random(size, 2), random(size, 3));
        try (BlobBackend shared = shared()) {
            shared.create(box);
            List<BlobWrite> writes = new ArrayList<>();
            for (int i = 0; i < contents.size(); i++) {
                writes.add(shared.write(new BlobId(box, "object-" + i)));
            }
            int[] from = new int[contents.size()];
            Random random = new Random(5);
            while (Arrays.stream(from).anyMatch(f -> f < size)) { // in turns of different lengths
                int i = random.nextInt(from.length);
                int length = Math.min(size - from[i], random.nextInt(20) * 131_072);
                writes.get(i).write(contents.get(i), from[i], length);
                from[i] += length;
            }
            for (BlobWrite write : writes) {
                write.commit();
                write.close();
            }
            for (int i = 0; i < contents.size(); i++) {
                BlobId object = new BlobId(box, "object-" + i);
                for (int start = 0; start < size; start += 131_000) {
                    assertArrayEquals(
                            Arrays.copyOfRange(contents.get(i), start, Math.min(size, start + 100)),
                            read(shared, object, start, start + 99));
                }
                assertArrayEquals(
                        Arrays.copyOfRange(contents.get(i), size - 1, size), read(shared, object, size - 1, size));
            }
        }
    }

    @Test
    void chunksAreNotLongerThanTheServerTakes(@TempDir Path own) throws Exception {
        Path configuration = Files.writeString(own.resolve("nats.conf"), "max_payload: 50000\n");
        byte[] bytes = random(1_000_001, 1);
        BlobId object = new BlobId(unique(), "object");
        try (NatsServer small = new NatsServer(own, "-c", configuration.toString());
                BlobBackend backend = open(Settings.NONE, "maxBytes", "50Mi", "url", small.url())) {
            backend.create(object.container());
            write(backend, object, bytes);
            assertArrayEquals(bytes, read(backend, object, 0, Long.MAX_VALUE));
            assertArrayEquals(Arrays.copyOfRange(bytes, 912_345, 912_399), read(backend, object, 912_345, 912_398));
        }
    }

    @Test
    void namespacesHaveBucketsOfTheirOwn() throws Exception {
        try (Connection other = Nats.connect(server.url());
                BlobBackend backend = open(Settings.NONE, "prefix", "own", "maxBytes", "1Mi")) {
            backend.create(new ContainerId("a-b", "c"));
            backend.create(new ContainerId("a", "b-_c"));
            backend.create(new ContainerId("a", "b".repeat(300)));
            List<String> names = other.objectStoreManagement().getBucketNames().stream()
                    .filter(name -> name.startsWith("own_")).sorted().toList();
            assertEquals(List.of("own_-a-b_-c", "own_-a_-b-_5fc"), names.subList(0, 2));
            assertTrue(names.get(2).matches("own__[0-9a-f]{64}"), names.get(2));
        }
    }

    @Test
    void anAbandonedWriteLeavesNoChunks() throws Exception {
        ContainerId box = unique();
        try (Connection other = Nats.connect(server.url());
                BlobBackend shared = shared()) {
            shared.create(box);
            try (BlobWrite write = shared.write(new BlobId(box, "a"))) {
                write.write(random(1_000_000, 1), 0, 1_000_000);
                assertEquals(7, chunks(other, box.name()));
            }
            assertEquals(0, chunks(other, box.name()));
            try (BlobWrite write = shared.write(new BlobId(box, "a"))) {
                write.write(random(1_000_000, 1), 0, 1_000_000);
                shared.delete(box);
                assertFails(Reason.NO_SUCH_CONTAINER, write::commit);
            }
        }
    }

    @Test
    void aFullBucketIsAQuotaAndCanBeEmptied() throws Exception {
        ContainerId box = unique();
        try (Connection other = Nats.connect(server.url());
                BlobBackend shared = shared("maxBytes", "1Mi")) {
            shared.create(box);
            write(shared, new BlobId(box, "half"), random(500_000, 1));
            assertFails(Reason.QUOTA, () -> write(shared, new BlobId(box, "whole"), random(1_000_000, 1)));
            assertEquals(4, chunks(other, box.name()));
            int small = 0;
            try {
                while (true) {
                    write(shared, new BlobId(box, "small " + small++), new byte[10]);
                }
            } catch (BlobException e) {
                assertEquals(Reason.QUOTA, e.reason());
            }
            shared.delete(box, List.of("half"));
            assertEquals(Optional.empty(), shared.info(new BlobId(box, "half")));
            assertEquals(small - 1, chunks(other, box.name()));
            write(shared, new BlobId(box, "half"), random(500_000, 1));
        }
    }

    @Test
    void whatNoObjectIsDoesNoHarm() throws Exception {
        ContainerId box = unique();
        String prefix = "$O." + box.name();
        try (Connection other = Nats.connect(server.url());
                BlobBackend shared = shared()) {
            shared.create(box);
            JetStream raw = other.jetStream();
            write(shared, new BlobId(box, "fine"), new byte[300_000]);
            List<String> metadata = List.of(
                    "", "{", "[]", "null", "{}", "[".repeat(100_000), named("'size':-1"), named("'chunks':-1"),
                    named("'size':5,'chunks':1,'nuid':'x','digest':'SHA-256=%'"),
                    named("'size':9223372036854775807,'chunks':9223372036854775807,'nuid':'x'"),
                    named("'size':5,'chunks':1,'nuid':'>'"), named("'size':5,'chunks':1,'nuid':'*'"),
                    named("'size':5,'chunks':1"), named("'size':5,'chunks':0,'nuid':'x'"),
                    named("'size':5,'chunks':1,'nuid':'none'"), named("'size':50,'chunks':1,'nuid':'x'"),
                    named("'size':2,'chunks':1,'nuid':'x','digest':'SHA-256=AAAA'"));
            raw.publish(prefix + ".C.x", "abc".getBytes());
            raw.publish(prefix + ".M.not%base64", "{}".getBytes());
            raw.publish(prefix + ".M.a.b", "{}".getBytes());
            List<String> names = new ArrayList<>(List.of("fine"));
            for (int i = 0; i < metadata.size(); i++) {
                names.add("broken " + i);
                String subject = Base64.getUrlEncoder().encodeToString(names.getLast().getBytes());
                raw.publish(prefix + ".M." + subject, metadata.get(i).getBytes());
                BlobId broken = new BlobId(box, names.getLast());
                assertThrows(IOException.class, () -> read(shared, broken, 0, 9), names.getLast());
                try {
                    read(shared, broken, 1, 9);
                } catch (IOException _) {
                    // or what is there of it
                }
            }
            try (BlobListing listing = shared.list(box)) {
                assertEquals(names, listing.next(100));
            }
            write(shared, new BlobId(box, names.get(1)), new byte[10]);
            shared.delete(box, names.subList(2, 14));
            assertArrayEquals(new byte[300_000], read(shared, new BlobId(box, "fine"), 0, Long.MAX_VALUE));
            shared.clear(box);
            try (BlobListing listing = shared.list(box)) {
                assertEquals(List.of(), listing.next(100));
            }
        }
    }

    private static String named(String more) {
        return ("{'name':'n'," + more + "}").replace('\'', '"');
    }

    @Test
    void largeMetadataComesAFewAtATime() throws Exception {
        ContainerId box = unique();
        try (Connection other = Nats.connect(server.url());
                BlobBackend shared = shared()) {
            shared.create(box);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                names.add("large-" + i);
                other.objectStore(box.name()).put(
                        ObjectMeta.builder(names.getLast()).description("d".repeat(900_000)).build(),
                        new ByteArrayInputStream(new byte[1]));
            }
            try (BlobListing listing = shared.list(box)) {
                assertEquals(names, listing.next(100));
            }
        }
    }

    @Test
    void listingsOfMoreThanAPageAreWhole() throws Exception {
        ContainerId box = unique();
        try (BlobBackend shared = shared();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            shared.create(box);
            List<Callable<Void>> writes = new ArrayList<>();
            for (int i = 0; i < 1100; i++) {
                BlobId object = new BlobId(box, "object-" + i);
                writes.add(() -> {
                    write(shared, object, new byte[0]);
                    return null;
                });
            }
            for (Future<Void> written : threads.invokeAll(writes)) {
                written.get();
            }
            for (int most : new int[] {1000, 100}) {
                Set<String> names = new HashSet<>();
                int count = 0;
                try (BlobListing listing = shared.list(box)) {
                    for (List<String> some = listing.next(most); !some.isEmpty(); some = listing.next(most)) {
                        names.addAll(some);
                        count += some.size();
                    }
                }
                assertEquals(1100, names.size());
                assertEquals(1100, count);
            }
            shared.clear(box);
            try (BlobListing listing = shared.list(box)) {
                assertEquals(List.of(), listing.next(1));
            }
        }
    }

    @Test
    void namesThatTheServerCannotHaveAreRefused() throws Exception {
        try (BlobBackend shared = shared()) {
            for (String name : List.of("a.b", "a b", "*", ">", "ä", "a".repeat(201))) {
                assertFails(Reason.DENIED, () -> shared.create(new ContainerId("tenant", name)));
            }
            ContainerId box = unique();
            shared.create(box);
            assertFails(Reason.DENIED, () -> shared.write(new BlobId(box, "ä".repeat(513))).close());
            assertFails(Reason.DENIED, () -> shared.info(new BlobId(box, "a".repeat(10_000))));
        }
    }

    @Test
    void ofTwoHostsThatCreateAContainerOneDoes() throws Exception {
        try (BlobBackend one = shared();
                BlobBackend two = shared();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                ContainerId box = unique();
                List<Callable<Boolean>> hosts = Stream.of(one, two).<Callable<Boolean>>map(host -> () -> {
                            try {
                                host.create(box);
                                return true;
                            } catch (BlobException e) {
                                assertEquals(Reason.CONTAINER_EXISTS, e.reason());
                                return false;
                            }
                        })
                        .toList();
                int made = 0;
                for (Future<Boolean> host : threads.invokeAll(hosts)) {
                    made += host.get() ? 1 : 0;
                }
                assertEquals(1, made);
            }
        }
    }

    @Test
    void wrongSettingsAreNamed() {
        for (String[] wrong : new String[][] {
            {"prefix", "a_b"}, {"storage", "tape"}, {"replicas", "6"}, {"maxBytes", "0"}, {"unknown", "1"},
            {"timeout", "0s"}
        }) {
            PluginException.Refused e =
                    assertThrows(PluginException.Refused.class, () -> open(Settings.NONE, wrong).close());
            assertTrue(e.getMessage().contains(wrong[0]), e::getMessage);
        }
    }
}
