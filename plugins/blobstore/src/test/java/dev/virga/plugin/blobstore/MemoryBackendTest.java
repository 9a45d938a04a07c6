package dev.virga.plugin.blobstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.blobstore.BlobException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBackendTest extends BlobBackendContract {

    private static final ContainerId FULL = new ContainerId("small", "full");

    @Override
    protected BlobBackend open() {
        return new MemoryBackend(64 << 20);
    }

    @Test
    void aNamespaceHoldsNoMoreThanItsBytes() throws Exception {
        try (MemoryBackend backend = new MemoryBackend(1 << 20)) {
            backend.create(FULL);
            write(backend, new BlobId(FULL, "a"), new byte[800_000]);
            assertFails(Reason.QUOTA, () -> write(backend, new BlobId(FULL, "b"), new byte[300_000]));
            assertFails(Reason.QUOTA, () -> backend.copy(new BlobId(FULL, "a"), new BlobId(FULL, "b")));
            ContainerId other = new ContainerId("other", "full");
            backend.create(other);
            write(backend, new BlobId(other, "b"), new byte[300_000]);

            backend.delete(FULL, List.of("a"));
            write(backend, new BlobId(FULL, "b"), new byte[300_000]);
            backend.delete(FULL);
            assertEquals(0, backend.used("small"));
        }
    }

    @Test
    void objectsAndContainersWithoutBytesCountToo() throws Exception {
        try (MemoryBackend backend = new MemoryBackend(100_000)) {
            backend.create(FULL);
            assertFails(Reason.QUOTA, () -> {
                for (int i = 0; i < 1000; i++) {
                    write(backend, new BlobId(FULL, "object-" + i), new byte[0]);
                }
            });
            assertFails(Reason.QUOTA, () -> {
                for (int i = 0; i < 1000; i++) {
                    backend.create(new ContainerId("small", "container-" + i));
                }
            });
            assertTrue(backend.used("small") <= 100_000);
        }
    }

    @Test
    void whatAReaderKeepsCountsUntilItIsClosed() throws Exception {
        try (MemoryBackend backend = new MemoryBackend(1 << 20)) {
            backend.create(FULL);
            BlobId object = new BlobId(FULL, "a");
            byte[] bytes = random(400_000, 1);
            write(backend, object, bytes);
            try (BlobRead first = backend.read(object, 0, Long.MAX_VALUE)) {
                write(backend, object, new byte[400_000]);
                assertFails(Reason.QUOTA, () -> write(backend, object, new byte[400_000]));
                assertArrayEquals(bytes, first.bytes().readNBytes(bytes.length));
            }
            write(backend, object, new byte[400_000]);
            backend.delete(FULL);
            assertEquals(0, backend.used("small"));
        }
    }
}
