package dev.virga.cli.wit;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.YamlFile;
import dev.virga.wit.PackageName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A folder with a WIT package, its {@code deps.yaml}, its {@code deps.lock} and the folder {@code deps}. */
record DependencyFolder(Path path) {

    private static final String TEXT = "package.wit";
    private static final String LOCK_HEAD = "# Written by `virga wit`; keep it with the sources, and do not edit it.\n";

    Path manifestFile() {
        return path.resolve("deps.yaml");
    }

    Path lockFile() {
        return path.resolve("deps.lock");
    }

    /** Nothing where there is no file. */
    Manifest manifest() {
        return Files.exists(manifestFile()) ? YamlFile.read("", manifestFile(), Manifest.class) : Manifest.EMPTY;
    }

    Lock lock() {
        return Files.exists(lockFile()) ? YamlFile.read("", lockFile(), Lock.class) : Lock.EMPTY;
    }

    /** The texts first: a lock without them would say what is not so. */
    void write(Manifest manifest, Map<Lock.Entry, String> packages) {
        Lock old = lock();
        Lock lock = new Lock(List.copyOf(packages.keySet()));
        requireFoldersOfTheirOwn(lock);
        requireNoLinks(lock);
        requireNoLinks(old);
        Set<String> stale = folders(old);
        stale.removeAll(folders(lock));
        try {
            Files.createDirectories(path);
            for (Map.Entry<Lock.Entry, String> one : packages.entrySet()) {
                Path folder = path.resolve("deps").resolve(PackageRef.folder(one.getKey().packageName()));
                Files.createDirectories(folder);
                AtomicFile.write(folder.resolve(TEXT), one.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (String folder : stale) {
                delete(folder);
            }
            AtomicFile.write(lockFile(),
                    (LOCK_HEAD + YamlFile.print(lock, Lock.class)).getBytes(StandardCharsets.UTF_8));
            if (!manifest.equals(manifest())) {
                AtomicFile.write(manifestFile(),
                        YamlFile.print(manifest, Manifest.class).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new CliException.Failed(path + ": cannot be written: " + AtomicFile.reason(e));
        }
    }

    private static void requireFoldersOfTheirOwn(Lock lock) {
        Map<String, List<PackageName>> byFolder =
                lock.packages().stream().map(Lock.Entry::packageName).collect(Collectors.groupingBy(PackageRef::folder));
        byFolder.forEach((folder, names) -> {
            if (names.size() > 1) {
                throw new CliException.Failed(names + " would share the folder deps/" + folder);
            }
        });
    }

    /** Whoever wrote the sources could have put them there, to have other files of the user overwritten. */
    private void requireNoLinks(Lock lock) {
        for (String folder : folders(lock)) {
            Path whole = path.resolve("deps").resolve(folder);
            for (Path place : List.of(whole.getParent(), whole, whole.resolve(TEXT))) {
                if (Files.isSymbolicLink(place)) {
                    throw new CliException.Failed(place + ": a link, which is not written through; take it away");
                }
            }
        }
    }

    private static Set<String> folders(Lock lock) {
        return lock.packages().stream()
                .map(Lock.Entry::packageName)
                .map(PackageRef::folder)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What `fetch` has made, and no more: others' files may lie there too. */
    private void delete(String folder) throws IOException {
        Path whole = path.resolve("deps").resolve(folder);
        Files.deleteIfExists(whole.resolve(TEXT));
        if (Files.isDirectory(whole) && isEmpty(whole)) {
            Files.delete(whole);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Takes away what was fetched; the folders. */
    List<String> clean() {
        requireNoLinks(lock());
        Set<String> fetched = folders(lock());
        fetched.removeIf(folder -> !Files.exists(path.resolve("deps").resolve(folder).resolve(TEXT)));
        try {
            for (String folder : fetched) {
                delete(folder);
            }
            Path deps = path.resolve("deps");
            if (Files.isDirectory(deps) && isEmpty(deps)) {
                Files.delete(deps);
            }
        } catch (IOException e) {
            throw new CliException.Failed(path + ": cannot be cleaned: " + AtomicFile.reason(e));
        }
        return List.copyOf(fetched);
    }

    /**
     * For commands that read a package.
     *
     * @throws CliException.Failed if what it depends on was not fetched
     */
    static void requireFetched(Path wit) {
        DependencyFolder folder = new DependencyFolder(wit);
        if (!Files.exists(folder.manifestFile())) {
            return;
        }
        Manifest manifest = folder.manifest();
        for (String name : manifest.packages().keySet()) {
            PackageName wanted = manifest.named(name);
            if (!Files.exists(wit.resolve("deps").resolve(PackageRef.folder(wanted)).resolve(TEXT))) {
                throw new CliException.Failed(folder.manifestFile() + ": " + wanted
                        + " is not in deps: run `virga wit fetch --dir " + wit + "`");
            }
        }
    }
}
