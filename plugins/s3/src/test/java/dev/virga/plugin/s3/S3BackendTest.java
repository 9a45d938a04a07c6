package dev.virga.plugin.s3;

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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

class S3BackendTest extends BlobBackendContract {

    private static final ContainerId BOX = new ContainerId("tenant", "box");
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static S3Server server;

    @TempDir
    Path folder;

    @BeforeAll
    static void startServer() throws Exception {
        server = new S3Server();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected BlobBackend open() {
        return backend(server.settings("prefix=contract-" + PREFIXES.incrementAndGet()));
    }

    private static BlobBackend backend(Settings settings) {
        return new S3Provider().open(settings, null);
    }

    /** A key has 1024 bytes with the prefix, the namespace and the container, and a name is never longer than in it. */
    @Override
    protected int longestName() {
        return 900;
    }

    /** S3 does, but this server keeps objects in folders. */
    @Override
    protected boolean takesNamesOfFolders() {
        return false;
    }

    @Override
    protected int operations() {
        return 200;
    }

    private static S3Calls calls() {
        return new S3Calls(S3Clients.open(S3Settings.of(server.settings())), S3Server.BUCKET);
    }

    @Test
    void largeObjectsGoInPartsAndComeBackWhole() throws Exception {
        byte[] bytes = random((11 << 20) + 17, 1);
        BlobId object = new BlobId(BOX, "large");
        try (BlobBackend backend = open()) {
            backend.create(BOX);
            write(backend, object, bytes);
            assertArrayEquals(bytes, read(backend, object, 0, Long.MAX_VALUE));
            write(backend, object, random(5 << 20, 2));
            assertEquals(5 << 20, backend.info(object).orElseThrow().size());
        }
    }

    @Test
    void anAbandonedLargeObjectLeavesNoParts() throws Exception {
        try (BlobBackend backend = open();
                S3Calls calls = calls()) {
            backend.create(BOX);
            byte[] bytes = random(6 << 20, 1);
            try (BlobWrite write = backend.write(new BlobId(BOX, "large"))) {
                write.write(bytes, 0, bytes.length);
                assertEquals(1, uploads(calls));
            }
            assertEquals(0, uploads(calls));
            assertEquals(Optional.empty(), backend.info(new BlobId(BOX, "large")));
        }
    }

    private static int uploads(S3Calls calls) throws IOException {
        return calls.call(client -> client.listMultipartUploads(r -> r.bucket(S3Server.BUCKET)))
                .uploads()
                .size();
    }

    @Test
    void largeObjectsAreCopiedInParts() throws Exception {
        byte[] bytes = random((11 << 20) + 17, 1);
        try (BlobBackend backend = backend(server.settings("prefix=copy"));
                S3Calls calls = calls()) {
            backend.create(BOX);
            write(backend, new BlobId(BOX, "from"), bytes);
            S3Keys keys = new S3Keys("copy/");
            new S3Copy(calls, 5 << 20)
                    .copy(keys.object(new BlobId(BOX, "from")), bytes.length, keys.object(new BlobId(BOX, "to")));
            assertArrayEquals(bytes, read(backend, new BlobId(BOX, "to"), 0, Long.MAX_VALUE));
        }
    }

    @Test
    void listingsOfMoreThanAPageAreWhole() throws Exception {
        try (BlobBackend backend = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            backend.create(BOX);
            List<Callable<Void>> writes = new ArrayList<>();
            for (int i = 0; i < 1100; i++) {
                BlobId object = new BlobId(BOX, "object-" + i);
                writes.add(() -> {
                    write(backend, object, new byte[0]);
                    return null;
                });
            }
            for (int i = 0; i < writes.size(); i += 50) {
                for (var done : threads.invokeAll(writes.subList(i, i + 50))) {
                    done.get();
                }
            }
            Set<String> names = new HashSet<>();
            try (BlobListing listing = backend.list(BOX)) {
                for (List<String> some = listing.next(300); !some.isEmpty(); some = listing.next(300)) {
                    names.addAll(some);
                }
            }
            assertEquals(1100, names.size());
            backend.delete(BOX);
            backend.create(BOX);
            try (BlobListing listing = backend.list(BOX)) {
                assertEquals(List.of(), listing.next(1));
            }
        }
    }

    @Test
    void keysThatSomebodyElseHasWrittenAreLeftOutIfNoNameBecomesThem() throws Exception {
        try (BlobBackend backend = backend(server.settings("prefix=foreign"));
                S3Calls calls = calls()) {
            backend.create(BOX);
            for (String name : List.of("fine", "with%percent")) {
                calls.call(client -> client.putObject(
                        r -> r.bucket(S3Server.BUCKET).key("foreign/objects/tenant/box/" + name),
                        RequestBody.empty()));
            }
            try (BlobListing listing = backend.list(BOX)) {
                assertEquals(List.of("fine"), listing.next(10));
            }
        }
    }

    @Test
    void aNameTooLongForAKeyIsRefused() throws Exception {
        try (BlobBackend backend = open()) {
            backend.create(BOX);
            assertFails(Reason.DENIED, () -> backend.write(new BlobId(BOX, "%".repeat(400))).close());
        }
    }

    @Test
    void wrongCredentialsAndBucketsAreForTheOperatorToSee() throws Exception {
        try (BlobBackend backend = backend(server.settings("secret-key=wrong"))) {
            IOException e = assertThrows(IOException.class, () -> backend.create(BOX));
            assertTrue(e.getMessage().contains("refused"), e.toString());
        }
        try (BlobBackend backend = backend(server.settings("bucket=none"))) {
            IOException e = assertThrows(IOException.class, () -> backend.create(BOX));
            assertTrue(!(e instanceof BlobException) && e.getMessage().contains("none"), e.toString());
        }
    }

    @Test
    void aPrivateCertificateIsTrustedIfTheOperatorSaysSo() throws Exception {
        Path store = folder.resolve("keys.p12");
        Path pem = folder.resolve("ca.pem");
        keytool("-genkeypair", "-alias", "s3", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "SAN=IP:127.0.0.1",
                "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "password");
        keytool("-exportcert", "-rfc", "-alias", "s3", "-keystore", store.toString(), "-storepass", "password",
                "-file", pem.toString());
        try (S3Server secure = new S3Server(store, "password")) {
            String endpoint = "https://127.0.0.1:" + secure.securePort();
            try (BlobBackend backend = backend(S3Server.settingsFor(endpoint, "ca=" + pem))) {
                backend.create(BOX);
                write(backend, new BlobId(BOX, "a"), new byte[100]);
                assertEquals(100, read(backend, new BlobId(BOX, "a"), 0, Long.MAX_VALUE).length);
            }
            try (BlobBackend backend = backend(S3Server.settingsFor(endpoint, "retries=0"))) {
                assertFails(Reason.UNAVAILABLE, () -> backend.create(BOX));
            }
        }
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
        command.addAll(List.of(arguments));
        assertEquals(0, new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor());
    }

    @Test
    void wrongSettingsAreNamed() {
        for (String wrong : List.of("endpoint=ftp://x", "endpoint=nonsense", "part-bytes=1Mi", "timeout=0s", "retries=-1",
                "path-style=maybe", "ca=/does/not/exist", "unknown=1")) {
            PluginException e = assertThrows(PluginException.Refused.class, () -> backend(server.settings(wrong)));
            assertTrue(e.getMessage().contains(wrong.substring(0, wrong.indexOf('='))), e.getMessage());
        }
        Settings noBucket = new Settings(Map.of("region", "eu-west-1"));
        assertThrows(PluginException.Refused.class, () -> backend(noBucket));
        Settings half = new Settings(Map.of("bucket", "b", "access-key", "a"));
        assertThrows(PluginException.Refused.class, () -> backend(half));
    }
}
