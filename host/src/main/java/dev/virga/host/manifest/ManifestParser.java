package dev.virga.host.manifest;

import dev.virga.host.shape.Problem;
import dev.virga.host.shape.Problems;
import dev.virga.host.shape.Node;
import dev.virga.host.shape.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads manifests: YAML 1.2 or JSON, several documents in a file. All that is wrong is reported at
 * once. The text may be hostile.
 */
public final class ManifestParser {

    private static final int MAX_FILE = 4 << 20;
    private static final int MAX_FILES = 10_000;

    private final List<Manifest> read = new ArrayList<>();
    private final List<Manifests.Foreign> skipped = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    private ManifestParser() {}

    /**
     * @param file how error texts name it
     * @throws ManifestException if anything is wrong
     */
    public static Manifests parse(String file, String text) {
        ManifestParser parser = new ManifestParser();
        parser.addText(file, text);
        return parser.result();
    }

    /**
     * Reads a file, or those of a directory that end in {@code .yaml}, {@code .yml} or {@code .json}.
     *
     * @throws ManifestException if anything is wrong with what is in them
     */
    public static Manifests read(Path path) throws IOException {
        ManifestParser parser = new ManifestParser();
        for (Path file : Files.isDirectory(path) ? manifestsIn(path) : List.of(path)) {
            parser.addFile(file);
        }
        return parser.result();
    }

    /** The files of a directory that are manifests, in the order of their names. */
    public static List<Path> manifestsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found = files.filter(file -> file.getFileName().toString().matches("[^.].*\\.(yaml|yml|json)"))
                    .filter(Files::isRegularFile)
                    .limit(MAX_FILES + 1)
                    .sorted()
                    .toList();
            if (found.size() > MAX_FILES) {
                throw new IOException(
                        directory + " has more than " + MAX_FILES + " manifests; use several directories");
            }
            return found;
        }
    }

    private void addFile(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            // In UTF-8 so many bytes as are enough to see that it is too much.
            bytes = in.readNBytes(4 * MAX_FILE + 4);
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            addText(file.toString(), text);
        } catch (CharacterCodingException e) {
            problems.add(new Problem(file.toString(), 1, 1, "", "the file is not UTF-8"));
        }
    }

    private void addText(String file, String text) {
        if (text.length() > MAX_FILE) {
            String tooMuch = "the file has more than " + MAX_FILE + " characters; use several";
            problems.add(new Problem(file, 1, 1, "", tooMuch));
            return;
        }
        Problems inFile = new Problems(file);
        for (Node document : Yaml.documents(text, inFile)) {
            if (!document.isNull()) {
                new DocumentReader(document, inFile).read(this::add, skipped::add);
            }
        }
        problems.addAll(inFile.list());
    }

    private void add(Manifest manifest, Node document, Problems inFile) {
        String first = places.putIfAbsent(manifest.id(), inFile.file() + ":" + document.mark().line());
        if (first != null) {
            inFile.add(document.mark(), "", manifest.id() + " is already in " + first);
        }
        read.add(manifest);
    }

    private Manifests result() {
        if (!problems.isEmpty()) {
            throw new ManifestException(problems);
        }
        return new Manifests(read, skipped);
    }
}
