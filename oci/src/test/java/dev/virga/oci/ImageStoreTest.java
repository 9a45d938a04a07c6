package dev.virga.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import land.oras.Annotations;
import land.oras.ArtifactType;
import land.oras.Config;
import land.oras.ContainerRef;
import land.oras.LocalPath;
import land.oras.Manifest;
import land.oras.Registry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real docker-registry. */
class ImageStoreTest {

    private static final byte[] COMPONENT = "\0asm a component".getBytes(StandardCharsets.ISO_8859_1);
    private static final Optional<Credentials> NOBODY = Optional.empty();

    private static TestRegistry open;
    private static TestRegistry closed;

    @TempDir
    private Path cache;

    @BeforeAll
    static void start() throws Exception {
        TestRegistry.assumeInstalled();
        open = TestRegistry.start(Optional.empty());
        closed = TestRegistry.start(Optional.of(TestRegistry.READER));
    }

    @AfterAll
    static void stop() {
        if (open != null) {
            open.close();
        }
        if (closed != null) {
            closed.close();
        }
    }

    private ImageStore store(TestRegistry registry) {
        return new ImageStore(
                cache, new RegistrySettings(Set.of(registry.address()), Set.of(), Optional.empty(), 1 << 20));
    }

    private Manifest push(String reference, byte[] bytes, String mediaType) throws Exception {
        return push(open, NOBODY, reference, bytes, mediaType);
    }

    private Manifest push(
            TestRegistry to, Optional<Credentials> as, String reference, byte[] bytes, String mediaType)
            throws Exception {
        Path file = Files.write(cache.resolve("pushed"), bytes);
        Registry.Builder registry = as.isPresent()
                ? Registry.builder().defaults(to.address(), as.get().user(), as.get().password())
                : Registry.builder().defaults(to.address());
        return registry.withInsecure(true).build().pushArtifact(
                ContainerRef.parse(reference),
                ArtifactType.from("application/vnd.wasm.config.v0+json"),
                Annotations.empty(),
                Config.empty(),
                LocalPath.of(file, mediaType));
    }

    @Test
    void aPushedComponentIsPulledAndKept() throws Exception {
        String reference = open.address() + "/acme/one:1.0";
        push(reference, COMPONENT, "application/wasm");
        Image image = store(open).get(reference, PullPolicy.IF_NOT_PRESENT, NOBODY);
        assertArrayEquals(COMPONENT, image.bytes());
        assertEquals(Digests.sha256(COMPONENT), image.digest());
        assertArrayEquals(COMPONENT, store(open).get(reference, PullPolicy.NEVER, NOBODY).bytes());
    }

    @Test
    void progressOfAPushAndAPullEndsAtTheSize() {
        byte[] large = new byte[1 << 20];
        String reference = open.address() + "/acme/progress:1";
        RegistrySettings settings =
                new RegistrySettings(Set.of(open.address()), Set.of(), Optional.empty(), 1 << 20);
        List<Long> sent = new CopyOnWriteArrayList<>();
        List<Long> come = new CopyOnWriteArrayList<>();
        try (RemoteImage image = new RemoteImage(reference, settings, NOBODY)) {
            WasmConfig config = new WasmConfig(Instant.EPOCH, Optional.empty(), Optional.empty());
            String digest = image.push(large, config, Map.of(), sent::add);
            assertEquals(digest, image.manifest().digest());
            assertArrayEquals(large, image.blob(image.component(image.manifest()), come::add));
            assertEquals(List.of("1"), image.tags());
        }
        assertEquals(large.length, sent.getLast());
        assertEquals(large.length, come.getLast());
        assertTrue(sent.size() > 3 && come.size() > 1, sent.size() + " and " + come.size());
    }

    @Test
    void aMovedTagIsSeenByAlwaysOnly() throws Exception {
        String reference = open.address() + "/acme/moving:latest";
        push(reference, COMPONENT, "application/wasm");
        store(open).get(reference, PullPolicy.ALWAYS, NOBODY);
        byte[] next = "\0asm another".getBytes(StandardCharsets.ISO_8859_1);
        push(reference, next, "application/wasm");
        assertArrayEquals(COMPONENT, store(open).get(reference, PullPolicy.IF_NOT_PRESENT, NOBODY).bytes());
        assertArrayEquals(next, store(open).get(reference, PullPolicy.ALWAYS, NOBODY).bytes());
    }

    @Test
    void aDigestPinsTheManifest() throws Exception {
        String repository = open.address() + "/acme/pinned";
        Manifest manifest = push(repository + ":1", COMPONENT, "application/wasm");
        String digest = manifest.getDescriptor().getDigest();
        assertArrayEquals(
                COMPONENT,
                store(open).get(repository + ":1@" + digest, PullPolicy.ALWAYS, NOBODY).bytes());
        String other = "sha256:" + "0".repeat(64);
        assertThrows(
                ImageException.Missing.class,
                () -> store(open).get(repository + "@" + other, PullPolicy.ALWAYS, NOBODY));
    }

    @Test
    void aDamagedFileIsFetchedAgain() throws Exception {
        String reference = open.address() + "/acme/damaged:1";
        push(reference, COMPONENT, "application/wasm");
        Image image = store(open).get(reference, PullPolicy.ALWAYS, NOBODY);
        Files.write(cache.resolve("blobs").resolve(image.digest().substring(7)), new byte[] {1});
        assertArrayEquals(COMPONENT, store(open).get(reference, PullPolicy.IF_NOT_PRESENT, NOBODY).bytes());
    }

    @Test
    void whatIsNoComponentOrTooLargeIsRefused() throws Exception {
        String text = open.address() + "/acme/text:1";
        push(text, COMPONENT, "text/plain");
        assertTrue(assertThrows(
                        ImageException.Wrong.class, () -> store(open).get(text, PullPolicy.ALWAYS, NOBODY))
                .getMessage()
                .contains("so it is no component"));
        String large = open.address() + "/acme/large:1";
        push(large, new byte[(1 << 20) + 1], "application/wasm");
        assertTrue(assertThrows(
                        ImageException.Wrong.class, () -> store(open).get(large, PullPolicy.ALWAYS, NOBODY))
                .getMessage()
                .contains("larger than 1048576"));
    }

    @Test
    void whatIsMissingIsNamed() {
        String reference = open.address() + "/acme/none:1";
        assertEquals(
                reference + ": there is no such image",
                assertThrows(
                                ImageException.Missing.class,
                                () -> store(open).get(reference, PullPolicy.ALWAYS, NOBODY))
                        .getMessage());
        assertThrows(
                ImageException.Missing.class, () -> store(open).get(reference, PullPolicy.NEVER, NOBODY));
    }

    @Test
    void aClosedRegistryWantsTheRightCredentials() {
        String reference = closed.address() + "/acme/none:1";
        ImageStore store = store(closed);
        assertThrows(ImageException.Denied.class, () -> store.get(reference, PullPolicy.ALWAYS, NOBODY));
        assertThrows(
                ImageException.Denied.class,
                () -> store.get(reference, PullPolicy.ALWAYS, Optional.of(new Credentials("reader", "wrong"))));
        assertThrows(
                ImageException.Missing.class,
                () -> store.get(reference, PullPolicy.ALWAYS, Optional.of(new Credentials("reader", "secret"))));
    }

    @Test
    void whatOneHasPulledIsNotThereForAnotherPassword() throws Exception {
        String reference = closed.address() + "/acme/private:1";
        push(closed, Optional.of(new Credentials("reader", "secret")), reference, COMPONENT, "application/wasm");
        ImageStore store = store(closed);
        store.get(reference, PullPolicy.ALWAYS, Optional.of(new Credentials("reader", "secret")));
        Optional<Credentials> wrong = Optional.of(new Credentials("reader", "wrong"));
        assertThrows(ImageException.Denied.class, () -> store.get(reference, PullPolicy.IF_NOT_PRESENT, wrong));
        assertThrows(ImageException.Missing.class, () -> store.get(reference, PullPolicy.NEVER, wrong));
    }

    @Test
    void aRegistryAtAnAddressThatIsNotPublicIsRefusedUnlessAllowed() {
        ImageStore strict = new ImageStore(cache, RegistrySettings.DEFAULT);
        for (String host : new String[] {"127.0.0.1:5000", "169.254.169.254", "10.0.0.1", "[::1]:5000"}) {
            assertThrows(
                    ImageException.class,
                    () -> strict.get(host + "/acme/none:1", PullPolicy.ALWAYS, NOBODY));
        }
    }

    @Test
    void whatIsNoReferenceIsRefused() {
        for (String wrong : new String[] {"", "UPPER/Case:x y", "a//b", "host/name:tag:tag", "x@sha256:12"}) {
            assertThrows(
                    ImageException.class, () -> store(open).get(wrong, PullPolicy.ALWAYS, NOBODY), wrong);
        }
    }
}
