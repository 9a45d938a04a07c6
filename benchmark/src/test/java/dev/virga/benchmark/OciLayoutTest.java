package dev.virga.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutTest {

    @TempDir
    private Path folder;

    /** A descriptor of this blob, which is in the layout. */
    private String blob(String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.write(folder.resolve("blobs/sha256").resolve(hex), bytes);
        return "\"digest\": \"sha256:" + hex + "\", \"size\": " + bytes.length;
    }

    private String manifest(int layer) throws Exception {
        return "{\"config\": {" + blob("{\"n\": " + layer + "}") + "}, \"layers\": [{\"digest\": \"sha256:"
                + "0".repeat(64) + "\", \"size\": " + layer + "}, {" + blob("small") + "}]}";
    }

    private static int size(String manifest, int layer) {
        return manifest.length() + ("{\"n\": " + layer + "}").length() + layer + "small".length();
    }

    private Path tar() throws IOException, InterruptedException {
        Path tar = folder.resolveSibling(folder.getFileName() + ".tar");
        assertEquals(0, new ProcessBuilder(List.of("tar", "-cf", tar.toString(), "-C", folder.toString(), ".")).start().waitFor());
        return tar;
    }

    @Test
    void anImageIsItsManifestConfigAndLayersInAFolderAndInATar() throws Exception {
        String manifest = manifest(5_000_000);
        Files.writeString(folder.resolve("index.json"), "{\"manifests\": [{" + blob(manifest) + "}]}");
        assertEquals(size(manifest, 5_000_000), OciLayout.bytes(folder));
        Path tar = tar();
        try {
            assertEquals(size(manifest, 5_000_000), OciLayout.bytes(tar));
        } finally {
            Files.delete(tar);
        }
    }

    @Test
    void ofSeveralPlatformsItIsThisMachines() throws Exception {
        String here = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        String other = here.equals("arm64") ? "amd64" : "arm64";
        String index = "{\"manifests\": [{" + blob(manifest(111)) + ", \"platform\": {\"architecture\": \"" + other + "\"}}, {"
                + blob(manifest(222)) + ", \"platform\": {\"architecture\": \"" + here + "\"}}]}";
        Files.writeString(folder.resolve("index.json"), "{\"manifests\": [{" + blob(index) + "}]}");
        assertEquals(size(manifest(222), 222), OciLayout.bytes(folder));
    }

    @Test
    void whatIsNoLayoutIsRefused() throws Exception {
        assertTrue(assertThrows(BenchmarkException.class, () -> OciLayout.bytes(folder)).getMessage().contains("no OCI layout"));
        Files.writeString(folder.resolve("index.json"), "{\"manifests\": [{\"digest\": \"sha256:../../etc/passwd\"}]}");
        assertTrue(assertThrows(BenchmarkException.class, () -> OciLayout.bytes(folder)).getMessage().contains("without a digest"));
        Path text = Files.writeString(folder.resolve("text.tar"), "no tar".repeat(200));
        assertThrows(BenchmarkException.class, () -> OciLayout.bytes(text));
    }
}
