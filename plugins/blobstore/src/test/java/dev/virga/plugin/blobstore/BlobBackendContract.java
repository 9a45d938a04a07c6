package dev.virga.plugin.blobstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.blobstore.BlobException.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What guests may expect of every kind of blob store. */
public abstract class BlobBackendContract {

    private static final ContainerId PHOTOS = new ContainerId("tenant", "photos");
    private static final BlobId CAT = new BlobId(PHOTOS, "cat.png");

    /** Names that file systems, URLs or lists could trip over. */
    private static final List<String> STRANGE = List.of(
            ".", "..", "../up", "a/../b", "./a", "/a", "a/", "a//b", "//", "a/b/c", "d/../b", "d//b", "d/b/c", "d/./", "A", "a", "%", "%41", "a%2fb", "~",
            "~" + "0".repeat(64), "ä", "a\u0308", "日本", "😀", " ", " a ", "a b", "+", "a+b", "?", "#", "&=", "\"'<>",
            "\\", "a\\b", "\u0000", "\n", "\u001b[31m", "con", "tmp", "lock", "objects", "x".repeat(139),
            "x".repeat(140), "x".repeat(141), "X".repeat(47), "ü".repeat(100));

    private BlobBackend backend;

    /** One that is empty; closed after the test. */
    protected abstract BlobBackend open() throws Exception;

    /** The longest name that it takes, in bytes. */
    protected int longestName() {
        return 1024;
    }

    /** Whether an object may have the name of what other names have before a slash. */
    protected boolean takesNamesOfFolders() {
        return true;
    }

    @BeforeEach
    final void openBackend() throws Exception {
        backend = open();
        backend.create(PHOTOS);
    }

    @AfterEach
    final void closeBackend() {
        backend.close();
    }

    protected static void write(BlobBackend backend, BlobId object, byte[] bytes) throws IOException {
        try (BlobWrite write = backend.write(object)) {
            for (int from = 0; from < bytes.length; from += 10_000) {
                write.write(bytes, from, Math.min(10_000, bytes.length - from));
            }
            write.commit();
        }
    }

    protected static byte[] read(BlobBackend backend, BlobId object, long start, long end) throws IOException {
        try (BlobRead read = backend.read(object, start, end)) {
            byte[] bytes = read.bytes().readNBytes((int) read.size());
            assertEquals(read.size(), bytes.length);
            return bytes;
        }
    }

    private void write(BlobId object, String text) throws IOException {
        write(backend, object, text.getBytes());
    }

    private String read(BlobId object) throws IOException {
        return new String(read(backend, object, 0, Long.MAX_VALUE));
    }

    protected static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static BlobId photo(String name) {
        return new BlobId(PHOTOS, name);
    }

    private List<String> list(ContainerId container, int atATime) throws IOException {
        List<String> all = new ArrayList<>();
        try (BlobListing listing = backend.list(container)) {
            for (List<String> some = listing.next(atATime); !some.isEmpty(); some = listing.next(atATime)) {
                assertTrue(some.size() <= atATime);
                all.addAll(some);
            }
            assertEquals(List.of(), listing.next(atATime));
        }
        Collections.sort(all);
        return all;
    }

    protected static void assertFails(Reason reason, Executable call) {
        assertEquals(reason, assertThrows(BlobException.class, call).reason());
    }

    @Test
    void aContainerIsThereFromItsCreationToItsDeletion() throws Exception {
        ContainerId other = new ContainerId("tenant", "other");
        assertEquals(Optional.empty(), backend.created(other));
        Instant before = Instant.now().minusSeconds(5);
        backend.create(other);
        Instant created = backend.created(other).orElseThrow();
        assertTrue(created.isAfter(before) && created.isBefore(Instant.now().plusSeconds(5)), created.toString());
        assertFails(Reason.CONTAINER_EXISTS, () -> backend.create(other));
        write(new BlobId(other, "a"), "a");
        assertEquals(created, backend.created(other).orElseThrow());
        backend.delete(other);
        assertEquals(Optional.empty(), backend.created(other));
        backend.delete(other);
        backend.create(other);
        assertEquals(List.of(), list(other, 10));
    }

    @Test
    void namespacesHaveNothingInCommon() throws Exception {
        List<ContainerId> same = List.of(
                new ContainerId("tenant-2", "photos"), new ContainerId("", "photos"),
                new ContainerId("tenant", "tenant"), new ContainerId("tenant-photos", "photos"));
        write(CAT, "mine");
        for (ContainerId container : same) {
            assertEquals(Optional.empty(), backend.created(container));
            backend.create(container);
            assertEquals(List.of(), list(container, 10));
            write(new BlobId(container, "cat.png"), container.toString());
        }
        for (ContainerId container : same) {
            assertEquals(container.toString(), read(new BlobId(container, "cat.png")));
            backend.delete(container);
        }
        assertEquals("mine", read(CAT));
    }

    @Test
    void objectsOfAllSizesComeBackAsTheyWere() throws Exception {
        for (int size : new int[] {0, 1, 9_999, 65_535, 65_536, 65_537, 131_072, 1_000_001}) {
            byte[] bytes = random(size, size);
            write(backend, CAT, bytes);
            assertArrayEquals(bytes, read(backend, CAT, 0, Long.MAX_VALUE));
            BlobInfo info = backend.info(CAT).orElseThrow();
            assertEquals(size, info.size());
            assertTrue(info.created().isAfter(Instant.now().minusSeconds(20)));
        }
        assertEquals(List.of("cat.png"), list(PHOTOS, 10));
    }

    @Test
    void rangesAreInclusiveAndEndWithTheObject() throws Exception {
        byte[] bytes = random(200_000, 1);
        write(backend, CAT, bytes);
        long[][] ranges = {
            {0, 0}, {0, 9}, {199_999, 199_999}, {65_535, 65_536}, {65_536, 131_071}, {1, Long.MAX_VALUE},
            {199_999, 200_000}, {200_000, 200_001}, {Long.MAX_VALUE, Long.MAX_VALUE}, {10, 9}, {0, 199_999}
        };
        for (long[] range : ranges) {
            int from = (int) Math.min(range[0], bytes.length);
            int to = (int) Math.max(from, Math.min(range[1], bytes.length - 1) + 1);
            assertArrayEquals(
                    Arrays.copyOfRange(bytes, from, to), read(backend, CAT, range[0], range[1]),
                    range[0] + " to " + range[1]);
        }
        write(CAT, "");
        assertEquals(0, read(backend, CAT, 0, 0).length);
        assertEquals(0, read(backend, CAT, 5, Long.MAX_VALUE).length);
    }

    @Test
    void anObjectIsNotSeenBeforeItIsCommittedAndNeverIfItIsNot() throws Exception {
        try (BlobWrite write = backend.write(CAT)) {
            write.write(random(100_000, 1), 0, 100_000);
            assertEquals(Optional.empty(), backend.info(CAT));
            assertEquals(List.of(), list(PHOTOS, 10));
            assertFails(Reason.NO_SUCH_OBJECT, () -> read(CAT));
        }
        assertEquals(Optional.empty(), backend.info(CAT));

        write(CAT, "old");
        try (BlobWrite write = backend.write(CAT)) {
            write.write("new".getBytes(), 0, 3);
            assertEquals("old", read(CAT));
            write.commit();
            assertEquals("new", read(CAT));
            write.close();
        }
        assertEquals("new", read(CAT));
    }

    @Test
    void aReadGoesOnWithTheSameBytesOrFails() throws Exception {
        byte[] old = random(3_000_000, 1);
        write(backend, CAT, old);
        try (BlobRead read = backend.read(CAT, 0, Long.MAX_VALUE)) {
            byte[] start = read.bytes().readNBytes(1000);
            write(backend, CAT, random(3_000_000, 2));
            backend.delete(PHOTOS, List.of("cat.png"));
            assertArrayEquals(Arrays.copyOf(old, 1000), start);
            try {
                byte[] rest = read.bytes().readNBytes(old.length - 1000);
                assertArrayEquals(Arrays.copyOfRange(old, 1000, 1000 + rest.length), rest);
            } catch (IOException e) {
                // that is allowed too
            }
        }
    }

    @Test
    void anyNameIsANameOfItsOwn() throws Exception {
        List<String> names = new ArrayList<>(STRANGE);
        if (!takesNamesOfFolders()) {
            names.removeIf(name -> STRANGE.stream().anyMatch(other -> name.startsWith(other + "/")));
        }
        names.add("l".repeat(longestName()));
        names.add("L".repeat(longestName()));
        names.add("l".repeat(longestName() - 1) + "m");
        for (String name : names) {
            write(photo(name), "of " + name);
        }
        for (String name : names) {
            assertEquals("of " + name, read(photo(name)));
        }
        assertEquals(new TreeSet<>(names), new TreeSet<>(list(PHOTOS, 7)));
        assertEquals(names.size(), list(PHOTOS, 1000).size());
        for (String name : names) {
            backend.delete(PHOTOS, List.of(name));
            assertEquals(Optional.empty(), backend.info(photo(name)));
        }
        assertEquals(List.of(), list(PHOTOS, 7));
    }

    @Test
    void containersMayHaveStrangeNamesToo() throws Exception {
        List<ContainerId> containers = STRANGE.stream()
                .filter(name -> !name.equals("a\u0308"))
                .map(name -> new ContainerId("tenant", name))
                .toList();
        for (ContainerId container : containers) {
            backend.create(container);
            write(new BlobId(container, "a"), container.name());
        }
        for (ContainerId container : containers) {
            assertEquals(container.name(), read(new BlobId(container, "a")));
            assertEquals(List.of("a"), list(container, 10));
            backend.delete(container);
            assertEquals(Optional.empty(), backend.created(container));
        }
    }

    @Test
    void aListingGoesThroughAllObjectsOnce() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            names.add("object-%03d".formatted(i));
            write(photo(names.getLast()), "x");
        }
        assertEquals(names, list(PHOTOS, 10));
        assertEquals(names, list(PHOTOS, 1));
        assertEquals(names, list(PHOTOS, 1000));
        backend.delete(PHOTOS, names.subList(0, 50));
        assertEquals(names.subList(50, 101), list(PHOTOS, 101));
        backend.delete(PHOTOS, List.of());
        backend.delete(PHOTOS, List.of("not there", "object-050"));
        backend.clear(PHOTOS);
        assertEquals(List.of(), list(PHOTOS, 10));
        assertTrue(backend.created(PHOTOS).isPresent());
    }

    @Test
    void copiesAndMovesReplaceTheirTarget() throws Exception {
        ContainerId other = new ContainerId("tenant", "other");
        backend.create(other);
        BlobId target = new BlobId(other, "y".repeat(200));
        write(CAT, "cat");
        write(target, "something longer");
        backend.copy(CAT, target);
        assertEquals("cat", read(CAT));
        assertEquals("cat", read(target));
        backend.copy(CAT, CAT);
        assertEquals("cat", read(CAT));

        backend.move(target, photo("moved"));
        assertEquals(Optional.empty(), backend.info(target));
        assertEquals(List.of(), list(other, 10));
        assertEquals("cat", read(photo("moved")));
        write(CAT, "new cat");
        backend.move(CAT, photo("moved"));
        assertEquals("new cat", read(photo("moved")));
        assertEquals(List.of("moved"), list(PHOTOS, 10));
        backend.move(photo("moved"), photo("moved"));
        assertEquals("new cat", read(photo("moved")));
    }

    @Test
    void whatIsNotThereIsSaidToBe() throws Exception {
        ContainerId none = new ContainerId("tenant", "none");
        BlobId inNone = new BlobId(none, "a");
        write(CAT, "cat");
        assertFails(Reason.NO_SUCH_CONTAINER, () -> backend.list(none).close());
        assertFails(Reason.NO_SUCH_CONTAINER, () -> backend.clear(none));
        assertFails(Reason.NO_SUCH_CONTAINER, () -> backend.info(inNone));
        assertFails(Reason.NO_SUCH_CONTAINER, () -> backend.read(inNone, 0, 1).close());
        assertFails(Reason.NO_SUCH_CONTAINER, () -> backend.write(inNone).close());
        assertFails(Reason.NO_SUCH_CONTAINER, () -> backend.delete(none, List.of("a")));
        assertFails(Reason.NO_SUCH_CONTAINER, () -> backend.copy(CAT, inNone));
        assertFails(Reason.NO_SUCH_CONTAINER, () -> backend.copy(inNone, CAT));
        assertFails(Reason.NO_SUCH_CONTAINER, () -> backend.move(CAT, inNone));
        assertFails(Reason.NO_SUCH_CONTAINER, () -> backend.move(inNone, CAT));
        assertFails(Reason.NO_SUCH_OBJECT, () -> backend.read(photo("none"), 0, 1).close());
        assertFails(Reason.NO_SUCH_OBJECT, () -> backend.copy(photo("none"), CAT));
        assertFails(Reason.NO_SUCH_OBJECT, () -> backend.move(photo("none"), CAT));
        assertFails(Reason.NO_SUCH_OBJECT, () -> backend.move(photo("none"), photo("none")));
        assertEquals("cat", read(CAT));
        assertFalse(list(PHOTOS, 10).contains("none"));
    }

    @Test
    void ofManyWritersAtATimeOneWinsWhole() throws Exception {
        Set<String> texts = new TreeSet<>();
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String text = Integer.toString(i).repeat(50_000);
            texts.add(text);
            writers.add(() -> {
                write(CAT, text);
                assertTrue(texts.contains(read(CAT)));
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
        assertTrue(texts.contains(read(CAT)));
        assertEquals(List.of("cat.png"), list(PHOTOS, 10));
    }

    /** How many random operations are compared with a map's. */
    protected int operations() {
        return 500;
    }

    @Test
    void randomOperationsDoWhatAMapWouldDo() throws Exception {
        long seed = Long.getLong("virga.fuzz.seed", System.nanoTime());
        try {
            compareWithMap(new Random(seed));
        } catch (AssertionError | IOException e) {
            throw new AssertionError("with -Dvirga.fuzz.seed=" + seed, e);
        }
    }

    private void compareWithMap(Random random) throws IOException {
        List<String> names = List.of("a", "B", "b/c", "..", "long/" + "n".repeat(300), "ö");
        Map<String, byte[]> model = new HashMap<>();
        for (int i = 0; i < operations(); i++) {
            String name = names.get(random.nextInt(names.size()));
            String other = names.get(random.nextInt(names.size()));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    byte[] bytes = random(random.nextInt(random.nextBoolean() ? 100 : 200_000), random.nextLong());
                    write(backend, photo(name), bytes);
                    model.put(name, bytes);
                }
                case 3 -> {
                    backend.delete(PHOTOS, List.of(name, other));
                    model.remove(name);
                    model.remove(other);
                }
                case 4 -> {
                    if (model.containsKey(name)) {
                        backend.copy(photo(name), photo(other));
                        model.put(other, model.get(name));
                    } else {
                        assertFails(Reason.NO_SUCH_OBJECT, () -> backend.copy(photo(name), photo(other)));
                    }
                }
                case 5 -> {
                    if (model.containsKey(name)) {
                        backend.move(photo(name), photo(other));
                        model.put(other, model.remove(name));
                    } else {
                        assertFails(Reason.NO_SUCH_OBJECT, () -> backend.move(photo(name), photo(other)));
                    }
                }
                case 6 -> {
                    if (random.nextInt(10) == 0) {
                        backend.clear(PHOTOS);
                        model.clear();
                    } else {
                        assertEquals(model.keySet().stream().sorted().toList(), list(PHOTOS, 1 + random.nextInt(5)));
                    }
                }
                default -> {
                    try (BlobWrite write = backend.write(photo(name))) {
                        write.write(new byte[100], 0, 100);
                    }
                }
            }
            Optional<BlobInfo> info = backend.info(photo(name));
            assertEquals(model.containsKey(name), info.isPresent(), name);
            if (info.isPresent()) {
                byte[] bytes = model.get(name);
                assertEquals(bytes.length, info.get().size());
                int start = random.nextInt(bytes.length + 1);
                int end = start + random.nextInt(bytes.length + 1);
                assertArrayEquals(
                        Arrays.copyOfRange(bytes, start, Math.min(bytes.length, end + 1)),
                        read(backend, photo(name), start, end));
            }
        }
    }
}
