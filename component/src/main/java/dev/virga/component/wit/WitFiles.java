package dev.virga.component.wit;

import dev.virga.component.ComponentException;
import dev.virga.wit.Features;
import dev.virga.wit.Package;
import dev.virga.wit.PackageName;
import dev.virga.wit.Problem;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import dev.virga.wit.WitException;
import dev.virga.wit.WitPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a package and of those that it depends on (WIT.md, "Filesystem structure"). A package
 * that is encoded as a component is read as the text that it stands for.
 *
 * @param folders the files of one folder each, the package's own first
 * @param fallbacks what encoded packages say about others, for want of anything better
 */
public record WitFiles(List<List<Source>> folders, List<Source> fallbacks) {

    private static final int MAX_SIZE = 16 << 20;

    /**
     * Reads a file, which holds all that it needs, or a folder with its files and those in {@code deps}.
     *
     * @throws IOException if a file cannot be read, or there is none
     * @throws WitException if a file is not UTF-8
     * @throws ComponentException if an encoded package in {@code deps} is none; the message names the file
     */
    public static WitFiles read(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return new WitFiles(List.of(List.of(source(root))), List.of());
        }
        List<List<Source>> folders = new ArrayList<>();
        folders.add(folder(root));
        if (folders.getFirst().isEmpty()) {
            throw new IOException("there is no .wit file in " + root);
        }
        Map<PackageName, Package> mentioned = new LinkedHashMap<>();
        Path deps = root.resolve("deps");
        for (Path dep : Files.isDirectory(deps) ? list(deps) : List.<Path>of()) {
            if (Files.isDirectory(dep)) {
                folders.add(folder(dep));
            } else if (dep.toString().endsWith(".wit")) {
                folders.add(List.of(source(dep)));
            } else if (dep.toString().endsWith(".wasm")) {
                folders.add(List.of(encoded(dep, mentioned)));
            }
        }
        folders.removeIf(List::isEmpty);
        return new WitFiles(folders, mentioned.values().stream()
                .map(p -> new Source(p.name() + " as encoded packages know it", WitPrinter.print(p)))
                .toList());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static List<Source> folder(Path folder) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Path file : list(folder)) {
            if (file.toString().endsWith(".wit") && Files.isRegularFile(file)) {
                sources.add(source(file));
            }
        }
        return sources;
    }

    private static Source source(Path file) throws IOException {
        return Source.of(file.toString(), bytes(file));
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MAX_SIZE) {
            throw new IOException(file + " has more than " + (MAX_SIZE >> 20) + " MiB, which no WIT has");
        }
        return Files.readAllBytes(file);
    }

    /** The text of a package; what it tells of others is added to {@code mentioned}. */
    private static Source encoded(Path file, Map<PackageName, Package> mentioned) throws IOException {
        Optional<PackageWit> read;
        try {
            read = PackageWit.of(bytes(file));
        } catch (ComponentException e) {
            throw new ComponentException.Unsupported(file + ": " + e.getMessage());
        }
        PackageWit wit = read.orElseThrow(() -> new ComponentException.Unsupported(
                file + ": a component, but not one that holds a WIT package; a dependency is a folder, a .wit file or"
                        + " a package made by `virga wit build`"));
        for (Package other : wit.packages().packages()) {
            if (!other.name().equals(wit.name())) {
                mentioned.merge(other.name(), other, Packages::union);
            }
        }
        return new Source(file.toString(), WitPrinter.print(wit.packages().find(wit.name()).orElseThrow()));
    }

    /**
     * The name of the package itself.
     *
     * @throws WitException if a file is malformed, or none names the package
     */
    public PackageName name() {
        List<Source> own = folders.getFirst();
        return own.stream().map(Source::packageName).flatMap(Optional::stream).findFirst()
                .orElseThrow(() -> own.getFirst().unnamed());
    }

    /** @throws WitException if a file is malformed or does not fit */
    public Resolution resolve(Features features) {
        return Resolution.of(features, folders, fallbacks);
    }

    /** Everything that is wrong. */
    public List<Problem> problems(Features features) {
        return Resolution.problems(features, folders, fallbacks);
    }
}
