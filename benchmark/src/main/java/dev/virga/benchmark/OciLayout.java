package dev.virga.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The size of a container image in an OCI image layout: what a node pulls of it. */
public final class OciLayout {

    private static final int LONGEST_JSON = 1 << 20;
    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_ENTRIES = 100_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final Map<String, byte[]> small;

    private OciLayout(Path path, Map<String, byte[]> small) {
        this.path = path;
        this.small = small;
    }

    /**
     * Manifest, config and layers, compressed as they are. Of an index with several platforms, the one of this
     * machine, or else the first.
     *
     * @param path a folder, or a tar file of one
     * @throws BenchmarkException if it is none
     */
    public static long bytes(Path path) {
        try {
            return new OciLayout(path, Files.isDirectory(path) ? Map.of() : entries(path)).image();
        } catch (IOException e) {
            throw new BenchmarkException(path + ": no OCI layout: " + e.getMessage());
        }
    }

    /** Files of a tar that may be JSON; layers are only skipped. */
    private static Map<String, byte[]> entries(Path tar) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar)))) {
            int count = 0;
            long bytes = 0;
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (++count > MOST_ENTRIES) {
                    throw new IOException("more than " + MOST_ENTRIES + " files");
                }
                String name = entry.getName().replaceFirst("^\\./", "");
                boolean wanted = name.equals("index.json") || name.startsWith("blobs/");
                if (wanted && entry.isFile() && entry.getSize() <= LONGEST_JSON && bytes + entry.getSize() <= MOST_BYTES) {
                    bytes += entry.getSize();
                    entries.put(name, in.readAllBytes());
                }
            }
        }
        return entries;
    }

    private JsonNode json(String name) throws IOException {
        byte[] bytes = small.get(name);
        if (bytes == null && small.isEmpty()) {
            try (InputStream in = Files.newInputStream(path.resolve(name))) {
                bytes = in.readNBytes(LONGEST_JSON);
            }
        }
        if (bytes == null) {
            throw new IOException("there is no " + name);
        }
        return JSON.readTree(bytes);
    }

    private JsonNode blob(JsonNode descriptor) throws IOException {
        String digest = descriptor.path("digest").asText();
        if (!digest.matches("[a-z0-9]{1,16}:[a-f0-9]{32,128}")) {
            throw new IOException("a descriptor without a digest");
        }
        return json("blobs/" + digest.replace(':', '/'));
    }

    private long image() throws IOException {
        JsonNode descriptor = choose(json("index.json"));
        JsonNode manifest = blob(descriptor);
        for (int depth = 0; manifest.has("manifests"); depth++) {
            if (depth > 3) {
                throw new IOException("indexes in indexes");
            }
            descriptor = choose(manifest);
            manifest = blob(descriptor);
        }
        List<JsonNode> parts = new ArrayList<>(List.of(descriptor, manifest.path("config")));
        manifest.path("layers").forEach(parts::add);
        long sum = 0;
        for (JsonNode part : parts) {
            long size = part.path("size").asLong(-1);
            if (size < 0) {
                throw new IOException("a descriptor without a size");
            }
            sum = Math.addExact(sum, size);
        }
        return sum;
    }

    private static JsonNode choose(JsonNode index) throws IOException {
        String here = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        JsonNode first = null;
        for (JsonNode one : index.path("manifests")) {
            first = first == null ? one : first;
            if (one.path("platform").path("architecture").asText().equals(here)) {
                return one;
            }
        }
        if (first == null) {
            throw new IOException("its index names no image");
        }
        return first;
    }
}
