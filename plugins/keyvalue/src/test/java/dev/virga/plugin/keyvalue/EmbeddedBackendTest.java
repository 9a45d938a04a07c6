package dev.virga.plugin.keyvalue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.Settings;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBackendTest extends BackendContract {

    @TempDir
    private Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Backend> open = new ArrayList<>();

    private Backend open() {
        Backend backend = new EmbeddedKind()
                .open(new BackendKind.Opening("embedded", Settings.NONE, () -> folder, log::add));
        open.add(backend);
        return backend;
    }

    private Path file() {
        return folder.resolve("embedded.mv");
    }

    @Override
    protected Backend backend() {
        return open.isEmpty() ? open() : open.getFirst();
    }

    @AfterEach
    void close() {
        open.forEach(Backend::close);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void nothingIsMadeBeforeItIsUsed() throws Exception {
        open().close();
        assertFalse(Files.exists(file()));
    }

    @Test
    void whatWasStoredIsThereAfterwards() {
        Backend first = open();
        Bucket bucket = first.bucket("a", "b", MOST);
        bucket.set("k", bytes("v"), Optional.empty());
        bucket.set("goes", bytes("v"), Optional.of(Duration.ofMillis(1)));
        bucket.set("stays", bytes("v"), Optional.of(Duration.ofHours(1)));
        String version = bucket.current("k").orElseThrow().version();
        first.close();
        Bucket again = open().bucket("a", "b", MOST);
        assertArrayEquals(bytes("v"), again.get("k").orElseThrow());
        assertEquals(version, again.current("k").orElseThrow().version());
        assertTrue(again.exists("stays"));
        again.set("new", bytes("v"), Optional.empty());
        assertTrue(Long.parseLong(again.current("new").orElseThrow().version()) > Long.parseLong(version));
    }

    @Test
    void twoProcessesCannotHaveItOpen() {
        Backend first = open();
        first.bucket("a", "b", MOST).set("k", bytes("v"), Optional.empty());
        KeyValueException e = assertThrows(KeyValueException.class, () -> open().bucket("a", "b", MOST).get("k"));
        assertEquals("the store cannot be opened: another process has it open", e.getMessage());
        first.close();
    }

    @Test
    void aListingOfLargeValuesReadsAFewOfThem() {
        Bucket bucket = backend().bucket("a", "b", MOST);
        IntStream.range(0, 20).forEach(i -> bucket.set("key " + i, new byte[MOST], Optional.empty()));
        Bucket.Page page = bucket.list("", Optional.empty(), 1000);
        assertTrue(page.keys().size() <= 2, page.keys().size() + " MiB were read for one page");
        assertEquals(20, RandomOperations.listed(bucket, "", 1000).size());
    }

    @Test
    void theFileDoesNotGrowWithWhatIsOverwritten() throws Exception {
        Backend backend = open();
        Bucket bucket = backend.bucket("a", "b", MOST);
        Random random = new Random(3);
        long live = 0;
        for (int i = 0; i < 1000; i++) {
            List<Bucket.KeyValue> some = IntStream.range(0, 5)
                    .mapToObj(_ -> new Bucket.KeyValue("key " + random.nextInt(500), new byte[4000]))
                    .toList();
            bucket.setMany(some); // 20 MB in all
            live = 500 * 4000;
        }
        assertTrue(Files.size(file()) < 8 * live, Files.size(file()) + " bytes for " + live);
        long full = Files.size(file());
        IntStream.range(0, 500).forEach(i -> bucket.delete("key " + i));
        assertTrue(Files.size(file()) <= full, Files.size(file()) + " bytes after deleting all, " + full + " before");
    }

    @Test
    void aDamagedFileIsNoticed() throws Exception {
        Backend first = open();
        Bucket bucket = first.bucket("a", "b", MOST);
        for (int i = 0; i < 200; i += 20) {
            bucket.setMany(IntStream.range(i, i + 20)
                    .mapToObj(k -> new Bucket.KeyValue("key " + k, bytes("value " + k + " ".repeat(500))))
                    .toList());
        }
        first.close();
        byte[] good = Files.readAllBytes(file());
        Random random = new Random(5);
        int noticed = 0;
        for (int round = 0; round < 25; round++) {
            byte[] bad = good.clone();
            for (int i = 0; i < 40; i++) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(file(), bad);
            Backend damaged = open();
            Bucket read = damaged.bucket("a", "b", MOST);
            for (int i = 0; i < 200; i++) {
                try {
                    Optional<byte[]> value = read.get("key " + i);
                    if (value.isPresent()) {
                        assertEquals("value " + i, new String(value.get(), StandardCharsets.UTF_8).strip());
                    }
                } catch (KeyValueException e) {
                    assertEquals(Reason.UNAVAILABLE, e.reason());
                    noticed++;
                }
            }
            try {
                damaged.close();
            } catch (KeyValueException e) {
                noticed++;
            }
        }
        assertTrue(noticed > 500, "noticed " + noticed);
        assertTrue(log.getFirst().contains(file().toString()), log.getFirst());
    }

    @Test
    void aFileThatIsSomethingElseIsRefusedAndNotChanged() throws Exception {
        byte[] other = bytes("something else ".repeat(1000));
        Files.write(file(), other);
        Bucket bucket = open().bucket("a", "b", MOST);
        KeyValueException e =
                assertThrows(KeyValueException.class, () -> bucket.set("k", bytes("v"), Optional.empty()));
        assertEquals("the store cannot be opened: its file is damaged; the operator must bring back a copy, or move"
                + " it away to begin anew", e.getMessage());
        assertArrayEquals(other, Files.readAllBytes(file()));
        Files.delete(file());
        bucket.set("k", bytes("v"), Optional.empty());
        assertTrue(bucket.exists("k"));
    }

    @Test
    void aTruncatedFileLosesAtMostItsEndOrIsRefused() throws Exception {
        Backend first = open();
        Bucket bucket = first.bucket("a", "b", MOST);
        for (int i = 0; i < 100; i++) {
            bucket.set("key " + i, bytes("value " + i), Optional.empty());
        }
        first.close();
        try (RandomAccessFile raf = new RandomAccessFile(file().toFile(), "rw")) {
            raf.setLength(4096);
        }
        Bucket read = open().bucket("a", "b", MOST);
        assertThrows(KeyValueException.class, () -> read.get("key 1"));
    }

    @Test
    void anInterruptedReaderDisturbsNobody() throws Exception {
        Backend backend = open();
        Bucket bucket = backend.bucket("a", "b", MOST);
        // more than the cache holds, so that reads go to the file
        bucket.setMany(IntStream.range(0, 60).mapToObj(i -> new Bucket.KeyValue("key " + i, new byte[MOST])).toList());
        for (int round = 0; round < 5; round++) {
            Thread reader = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 60; i++) {
                        Thread.currentThread().interrupt();
                        bucket.get("key " + i);
                    }
                } catch (KeyValueException e) {
                    log.add(e.toString());
                }
            });
            reader.join();
        }
        bucket.set("after", bytes("v"), Optional.empty());
        assertEquals(List.of(), log);
    }
}
