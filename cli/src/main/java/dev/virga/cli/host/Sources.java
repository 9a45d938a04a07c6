package dev.virga.cli.host;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.host.manifest.FileImages;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.ManifestException;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.host.manifest.Manifests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Manifests as {@code -f} names them: a file, a folder, or {@code -} for standard input. */
public final class Sources {

    private static final int MAX_INPUT = 16 << 20;

    private Sources() {}

    /**
     * All of them, with {@code file:} images as they are seen from where the manifest is.
     *
     * @throws CliException.Usage if a file cannot be read
     * @throws CliException.Failed with each problem's line and column if manifests are wrong
     */
    public static Manifests read(List<String> names, Console console) {
        List<Manifest> all = new ArrayList<>();
        List<Manifests.Foreign> skipped = new ArrayList<>();
        for (String name : names) {
            try {
                Path path = Path.of(name.equals("-") ? "" : name).toAbsolutePath();
                Manifests read = name.equals("-")
                        ? ManifestParser.parse("(standard input)", input(console))
                        : ManifestParser.read(Path.of(name));
                Path folder = Files.isDirectory(path) ? path : path.getParent();
                read.all().forEach(manifest -> all.add(FileImages.absolute(manifest, folder)));
                skipped.addAll(read.skipped());
            } catch (ManifestException e) {
                throw new CliException.Failed("nothing was done, as manifests are wrong:\n" + e.getMessage());
            } catch (IOException e) {
                throw new CliException.Usage("-f " + name + ": cannot be read: " + AtomicFile.reason(e));
            }
        }
        return new Manifests(all, skipped);
    }

    private static String input(Console console) throws IOException {
        byte[] bytes = console.in().readNBytes(MAX_INPUT + 1);
        if (bytes.length > MAX_INPUT) {
            throw new CliException.Usage("-f -: more than " + MAX_INPUT + " bytes; use files");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
