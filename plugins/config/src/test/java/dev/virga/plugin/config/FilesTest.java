package dev.virga.plugin.config;

import static dev.virga.plugin.config.Setup.SHOP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FilesTest {

    @TempDir
    Path data;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(data.resolve("values"));
    }

    @Test
    void eachFileIsAKeyAndSomeHoldSeveral() throws IOException {
        Files.writeString(folder.resolve("color"), "blue\n");
        Files.write(folder.resolve("raw"), new byte[] {(byte) 0xff, 0});
        Files.writeString(folder.resolve("a.properties"), "# comment\nhost = db\ngröße=1\n");
        Files.writeString(folder.resolve("b.yaml"), "db:\n  port: 0123\n  tls: no\ntext: |\n  two\n  lines\n");
        Files.writeString(folder.resolve(".hidden"), "x");
        Files.createDirectory(folder.resolve("sub"));
        try (TestHost host = Setup.host(data, Map.of(), Map.of("files", Setup.files(folder)));
                TestWorkload shop = Setup.start(host, SHOP, "virga.backend=files")) {
            assertEquals(Optional.of("blue\n"), Setup.get(shop, "color"));
            assertEquals(Optional.of("db"), Setup.get(shop, "host"));
            assertEquals(Optional.of("1"), Setup.get(shop, "größe"));
            assertEquals(Optional.of("0123"), Setup.get(shop, "db.port"));
            assertEquals(Optional.of("no"), Setup.get(shop, "db.tls"));
            assertEquals(Optional.of("two\nlines\n"), Setup.get(shop, "text"));
            assertEquals(Optional.empty(), Setup.get(shop, ".hidden"));
            assertEquals(Optional.empty(), Setup.get(shop, "../values/color"));
            assertTrue(Setup.get(shop, "raw").orElseThrow().contains("raw is no UTF-8 text"));
            assertEquals("\u00ff\u0000", Setup.reveal(shop, "raw", 1));
        }
    }

    @Test
    void runningInstancesAndNewOnesSeeNewValuesAsKubernetesMountsThem() throws Exception {
        Path first = Files.createDirectory(folder.resolve("..2026_01"));
        Files.writeString(first.resolve("color"), "blue");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01"));
        Files.createSymbolicLink(folder.resolve("color"), Path.of("..data/color"));
        try (TestHost host = Setup.host(data, Map.of(), Map.of("files", Setup.files(folder)));
                TestWorkload shop = Setup.start(host, SHOP, "virga.backend=files")) {
            assertEquals(Optional.of("blue"), Setup.get(shop, "color"));
            CompletableFuture<Object> running =
                    CompletableFuture.supplyAsync(() -> shop.call(List.of("watch"), "color"), Thread::startVirtualThread);

            Path second = Files.createDirectory(folder.resolve("..2026_02"));
            Files.writeString(second.resolve("color"), "green");
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_02"));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

            until(() -> Setup.get(shop, "color").equals(Optional.of("green")));
            // It began with one value or the other; if with the new one, it sees the next.
            Files.writeString(data.resolve("next"), "red");
            Files.move(data.resolve("next"), second.resolve("color"), StandardCopyOption.ATOMIC_MOVE);
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_02"));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            assertTrue(List.of(Optional.of("green"), Optional.of("red")).contains(running.get(30, TimeUnit.SECONDS)));
        }
    }

    @Test
    void aHalfWrittenFileIsNotSeen() throws Exception {
        Path file = folder.resolve("list");
        String old = "a".repeat(1000);
        String young = "b".repeat(100_000);
        Files.writeString(file, old);
        try (TestHost host = Setup.host(data, Map.of(), Map.of("files", Setup.files(folder)));
                TestWorkload shop = Setup.start(host, SHOP, "virga.backend=files")) {
            for (int round = 0; round < 3; round++) {
                try (OutputStream out = Files.newOutputStream(file)) {
                    for (int i = 0; i < young.length(); i += 1000) {
                        out.write(young.substring(i, i + 1000).getBytes());
                        String seen = Setup.get(shop, "list").orElseThrow();
                        assertTrue(seen.equals(old) || seen.equals(young), () -> seen.length() + " characters");
                    }
                }
                until(() -> Setup.get(shop, "list").equals(Optional.of(young)));
            }
        }
    }

    @Test
    void whatCannotBeReadLeavesTheValuesAsTheyWere() throws Exception {
        Path file = folder.resolve("a.yaml");
        Files.writeString(file, "key: secret-old");
        try (TestHost host = Setup.host(data, Map.of(), Map.of("files", Setup.files(folder)));
                TestWorkload shop = Setup.start(host, SHOP, "virga.backend=files")) {
            replace(file, "key: [secret-new");
            until(() -> host.log().size() == 1);
            assertEquals(Optional.of("secret-old"), Setup.get(shop, "key"));

            replace(file, "key: [secret-new]");
            until(() -> host.log().size() == 2);
            Files.writeString(folder.resolve("key"), "again");
            replace(file, "key: secret-new");
            until(() -> host.log().size() >= 3);
            assertTrue(
                    host.log().getLast().startsWith("the key key is in ") && !host.log().toString().contains("secret-"),
                    host.log()::toString);

            Files.delete(folder.resolve("key"));
            until(() -> Setup.get(shop, "key").equals(Optional.of("secret-new")));
        }
    }

    @Test
    void aFolderThatGoesLeavesItsValuesAndANewOneIsReadByNewWorkloads() throws Exception {
        Files.writeString(folder.resolve("key"), "old");
        try (TestHost host = Setup.host(data, Map.of(), Map.of("files", Setup.files(folder)));
                TestWorkload shop = Setup.start(host, SHOP, "virga.backend=files")) {
            Files.move(folder, data.resolve("away"));
            Files.delete(data.resolve("away").resolve("key"));
            Files.delete(data.resolve("away"));
            until(() -> host.log().toString().contains("is gone; workloads keep its values"));
            Files.createDirectory(folder);
            Files.writeString(folder.resolve("key"), "new");
            assertEquals(Optional.of("old"), Setup.get(shop, "key"));
            try (TestWorkload next = Setup.start(host, new WorkloadName("team", "next"), "virga.backend=files")) {
                assertEquals(Optional.of("new"), Setup.get(next, "key"));
            }
        }
    }

    @Test
    void numberAndSizeAreLimited() throws Exception {
        for (int i = 0; i < FolderReader.MOST_VALUES; i++) {
            Files.writeString(folder.resolve("key" + i), "v");
        }
        try (TestHost host = Setup.host(data, Map.of(), Map.of("files", Setup.files(folder)));
                TestWorkload shop = Setup.start(host, SHOP, "virga.backend=files")) {
            Files.writeString(folder.resolve("more"), "v");
            until(() -> !host.log().isEmpty());
            assertTrue(host.log().getFirst().contains("more than 1000 files"), host.log()::toString);
            assertEquals(Optional.empty(), Setup.get(shop, "more"));
        }
        Path big = Files.createDirectory(data.resolve("big"));
        Files.write(big.resolve("key"), new byte[FolderReader.MOST_BYTES + 1]);
        try (TestHost host = Setup.host(data, Map.of(), Map.of("files", Setup.files(big)))) {
            String message = assertThrows(
                            PluginException.Unavailable.class, () -> Setup.start(host, SHOP, "virga.backend=files"))
                    .getMessage();
            assertTrue(message.contains("1048576 bytes"), message);
        }
    }

    @Test
    void eachNamespaceHasItsOwnFolder() throws Exception {
        for (String name : List.of("team", "other")) {
            Files.createDirectory(folder.resolve(name));
            Files.writeString(folder.resolve(name).resolve("who"), name);
        }
        try (TestHost host = Setup.host(
                        data, Map.of(), Map.of("files", Setup.files(folder.resolve("{namespace}"))));
                TestWorkload shop = Setup.start(host, SHOP, "virga.backend=files");
                TestWorkload other = Setup.start(host, new WorkloadName("other", "shop"), "virga.backend=files")) {
            assertEquals(Result.ok(List.of(Tuple.of("who", "team"))), Setup.all(shop));
            assertEquals(Result.ok(List.of(Tuple.of("who", "other"))), Setup.all(other));
            assertThrows(
                    PluginException.Refused.class,
                    () -> Setup.start(host, new WorkloadName("../team", "shop"), "virga.backend=files"));
            String message = assertThrows(
                            PluginException.Unavailable.class,
                            () -> Setup.start(host, new WorkloadName("third", "shop"), "virga.backend=files"))
                    .getMessage();
            assertTrue(message.endsWith("third does not exist"), message);
        }
    }

    private static void replace(Path file, String content) throws IOException {
        Path next = file.resolveSibling(".next");
        Files.writeString(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
