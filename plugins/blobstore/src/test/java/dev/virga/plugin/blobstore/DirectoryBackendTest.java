package dev.virga.plugin.blobstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.plugin.blobstore.BlobException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBackendTest extends BlobBackendContract {

    private static final ContainerId BOX = new ContainerId("tenant", "box");
    private static final BlobId OBJECT = new BlobId(BOX, "object");

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @Override
    protected BlobBackend open() throws IOException {
        return DirectoryBackend.open(folder.resolve("contract"), 1L << 40);
    }

    private DirectoryBackend openAnother() throws IOException {
        return DirectoryBackend.open(folder.resolve("another"), 1L << 40);
    }

    private List<Path> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(path -> !Files.isDirectory(path)).toList();
        }
    }

    @Test
    void aNamespaceHoldsNoMoreThanItsBytes() throws Exception {
        ContainerId full = new ContainerId("small", "full");
        BlobId a = new BlobId(full, "a");
        BlobId b = new BlobId(full, "b".repeat(500));
        try (DirectoryBackend backend = DirectoryBackend.open(folder.resolve("another"), 1 << 20)) {
            backend.create(full);
            write(backend, a, new byte[800_000]);
            assertFails(Reason.QUOTA, () -> write(backend, b, new byte[300_000]));
            assertFails(Reason.QUOTA, () -> backend.copy(a, b));
            assertFails(Reason.QUOTA, () -> write(backend, a, new byte[300_000])); // both are there until it is whole
            assertEquals(List.of(), files(folder.resolve("another/tmp")));
            backend.create(BOX);
            write(backend, OBJECT, new byte[900_000]);
            write(backend, a, new byte[100_000]);
            write(backend, b, new byte[100_000]);
            backend.move(a, b);
            assertEquals(Rooms.CONTAINER + Room.OVERHEAD + 100_000, backend.used("small"));
        }
        try (DirectoryBackend backend = DirectoryBackend.open(folder.resolve("another"), 1 << 20)) {
            assertEquals(Rooms.CONTAINER + Room.OVERHEAD + 100_000, backend.used("small"));
            write(backend, a, new byte[1]);
            backend.delete(full, List.of(b.name(), "none"));
            assertEquals(Rooms.CONTAINER + Room.OVERHEAD + 1, backend.used("small"));
            write(backend, b, new byte[500_000]);
            backend.clear(full);
            assertEquals(Rooms.CONTAINER, backend.used("small"));
            write(backend, b, new byte[500_000]);
            backend.delete(full);
            assertEquals(0, backend.used("small"));
            assertFails(Reason.NO_SUCH_CONTAINER, () -> write(backend, a, new byte[1000]));
            assertEquals(0, backend.used("small"));
        }
    }

    @Test
    void objectsOutliveTheBackend() throws Exception {
        byte[] bytes = random(100_000, 1);
        try (DirectoryBackend backend = openAnother()) {
            backend.create(BOX);
            write(backend, OBJECT, bytes);
            write(backend, new BlobId(BOX, "n".repeat(500)), bytes);
        }
        try (DirectoryBackend backend = openAnother();
                BlobListing listing = backend.list(BOX)) {
            assertArrayEquals(bytes, read(backend, OBJECT, 0, Long.MAX_VALUE));
            assertEquals(2, listing.next(10).size());
        }
    }

    @Test
    void whatAKilledHostHasLeftIsRemovedAtTheStart() throws Exception {
        Path temporary = folder.resolve("another/tmp");
        try (DirectoryBackend backend = openAnother()) {
            backend.create(BOX);
            Files.writeString(temporary.resolve("half"), "half an object");
            Files.createDirectories(temporary.resolve("container/objects"));
            Files.writeString(temporary.resolve("container/objects/x"), "of a container half deleted");
            Files.writeString(elsewhere.resolve("precious"), "not ours");
            Files.createSymbolicLink(temporary.resolve("link"), elsewhere);
        }
        try (DirectoryBackend backend = openAnother()) {
            assertTrue(backend.created(BOX).isPresent());
            assertEquals(List.of(), files(temporary));
            assertTrue(Files.exists(elsewhere.resolve("precious")));
        }
    }

    @Test
    void abandonedWritesLeaveNoFile() throws Exception {
        try (DirectoryBackend backend = openAnother()) {
            backend.create(BOX);
            try (BlobWrite write = backend.write(OBJECT)) {
                write.write(new byte[100_000], 0, 100_000);
                assertEquals(1, files(folder.resolve("another/tmp")).size());
            }
            try (BlobWrite write = backend.write(OBJECT)) {
                backend.delete(BOX);
                assertFails(Reason.NO_SUCH_CONTAINER, write::commit);
            }
            assertEquals(List.of(folder.resolve("another/lock")), files(folder.resolve("another")));
        }
    }

    @Test
    void theNameOfALongNamedObjectGoesWithIt() throws Exception {
        BlobId object = new BlobId(BOX, "n".repeat(500));
        try (DirectoryBackend backend = openAnother()) {
            backend.create(BOX);
            write(backend, object, new byte[1]);
            assertEquals(3, files(folder.resolve("another")).size());
            backend.move(object, new BlobId(BOX, "m".repeat(500)));
            assertEquals(3, files(folder.resolve("another")).size());
            backend.clear(BOX);
            assertEquals(List.of(folder.resolve("another/lock")), files(folder.resolve("another")));
        }
    }

    @Test
    void linksThatSomebodyHasPlantedAreNotFollowed() throws Exception {
        Path precious = Files.writeString(elsewhere.resolve("precious"), "not ours");
        try (DirectoryBackend backend = openAnother()) {
            backend.create(BOX);
            Path objects = folder.resolve("another/containers/tenant/box/objects");
            Files.createSymbolicLink(objects.resolve("object"), precious);
            assertEquals(Optional.empty(), backend.info(OBJECT));
            assertFails(Reason.NO_SUCH_OBJECT, () -> read(backend, OBJECT, 0, 10));
            assertFails(Reason.NO_SUCH_OBJECT, () -> backend.copy(OBJECT, new BlobId(BOX, "copy")));
            assertFails(Reason.NO_SUCH_OBJECT, () -> backend.move(OBJECT, new BlobId(BOX, "moved")));
            try (BlobListing listing = backend.list(BOX)) {
                assertEquals(List.of(), listing.next(10));
            }
            write(backend, OBJECT, "ours".getBytes());
            assertEquals("not ours", Files.readString(precious));
            assertFalse(Files.isSymbolicLink(objects.resolve("object")));

            Files.createSymbolicLink(objects.resolve("other"), precious);
            backend.delete(BOX, List.of("other"));
            assertTrue(Files.exists(precious));

            Files.createDirectories(elsewhere.resolve("objects"));
            Files.createDirectories(elsewhere.resolve("names"));
            Files.createSymbolicLink(folder.resolve("another/containers/tenant/link"), elsewhere);
            ContainerId link = new ContainerId("tenant", "link");
            assertEquals(Optional.empty(), backend.created(link));
            assertFails(Reason.NO_SUCH_CONTAINER, () -> write(backend, new BlobId(link, "a"), new byte[1]));
            backend.delete(link);
            assertTrue(Files.exists(precious));
        }
    }

    @Test
    void filesThatAreNoObjectsAreLeftOut() throws Exception {
        try (DirectoryBackend backend = openAnother()) {
            backend.create(BOX);
            Path objects = folder.resolve("another/containers/tenant/box/objects");
            Files.writeString(objects.resolve("README.md"), "capitals are never written");
            Files.writeString(objects.resolve("%zz"), "no name becomes this");
            Files.writeString(objects.resolve("~nonsense"), "no hash");
            Files.createDirectory(objects.resolve("folder"));
            try (BlobListing listing = backend.list(BOX)) {
                assertEquals(List.of(), listing.next(10));
            }
            assertEquals(Optional.empty(), backend.info(new BlobId(BOX, "folder")));
        }
    }

    @Test
    void aFullDiskIsClear() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString()), "skipped: may not mount");
        try (DirectoryBackend backend = DirectoryBackend.open(disk, 1L << 40)) {
            backend.create(BOX);
            write(backend, OBJECT, new byte[700_000]);
            BlobId large = new BlobId(BOX, "large");
            assertFails(Reason.QUOTA, () -> write(backend, large, new byte[2_000_000]));
            assertFails(Reason.QUOTA, () -> backend.copy(OBJECT, new BlobId(BOX, "copy-" + "n".repeat(300))));
            assertEquals(Optional.empty(), backend.info(large));
            assertEquals(700_000, backend.info(OBJECT).orElseThrow().size());
            backend.delete(BOX, List.of("object"));
            write(backend, large, new byte[800_000]);
        } finally {
            run("umount", disk.toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }

    @Test
    void aFolderHasOneHost() throws Exception {
        try (DirectoryBackend backend = openAnother()) {
            assertThrows(IOException.class, this::openAnother);
            backend.create(BOX);
        }
        openAnother().close();
    }
}
