package dev.virga.cli.wit;

import dev.virga.cli.CliException;
import dev.virga.cli.GuestFile;
import dev.virga.component.ComponentException;
import dev.virga.component.wit.PackageWit;
import dev.virga.component.wit.WitFiles;
import dev.virga.oci.Digests;
import dev.virga.wit.Features;
import dev.virga.wit.Package;
import dev.virga.wit.PackageName;
import dev.virga.wit.Resolution;
import dev.virga.wit.WitException;
import dev.virga.wit.WitPrinter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Gathers what a package depends on, with all that its dependencies depend on. */
final class Fetcher {

    private static final int MAX_PACKAGES = 256;

    private final Manifest manifest;
    private final Lock lock;
    private final Packages registries;
    private final Path folder;
    private final Deque<PackageName> wanted = new ArrayDeque<>();
    private final Set<PackageName> known = new HashSet<>();
    private final Map<Lock.Entry, String> texts = new LinkedHashMap<>();

    private Fetcher(DependencyFolder folder, Manifest manifest, Lock lock, Packages registries) {
        this.folder = folder.path();
        this.manifest = manifest;
        this.lock = lock;
        this.registries = registries;
    }

    /**
     * The text of each package.
     *
     * @param lock whose digests must be those that come
     * @throws CliException if one is not to be had
     */
    static Map<Lock.Entry, String> fetch(DependencyFolder folder, Manifest manifest, Lock lock, Packages registries) {
        Fetcher fetcher = new Fetcher(folder, manifest, lock, registries);
        manifest.paths().forEach(fetcher::addPath);
        manifest.packages().keySet().forEach(name -> fetcher.want(manifest.named(name)));
        while (!fetcher.wanted.isEmpty()) {
            fetcher.addImage(fetcher.wanted.remove());
        }
        return fetcher.texts;
    }

    private void want(PackageName name) {
        if (known.add(name)) {
            wanted.add(name);
        }
        if (known.size() > MAX_PACKAGES) {
            throw new CliException.Failed("more than " + MAX_PACKAGES + " packages are needed, which is more than is taken");
        }
    }

    private void addPath(String name, String path) {
        Path place = folder.resolve(path).normalize();
        Brought brought = of(
                place,
                encoded -> new Brought(encoded.packages(), true),
                text -> new Brought(text.resolve(Features.ALL), false));
        Package own = brought.all().packages().stream()
                .filter(p -> PackageRef.bare(p.name()).equals(name))
                .findFirst()
                .orElseThrow(() -> new CliException.Failed(place + ": holds no package " + name));
        known.add(own.name());
        put(own, "path:" + path, Optional.empty());
        for (Package one : brought.all().packages()) {
            if (one == own || isDeclared(one.name())) {
                continue; // where this package has its own say, that counts
            }
            if (brought.inPart() && Packages.isSomewhere(one.name(), manifest.registries())) {
                want(one.name());
            } else if (known.add(one.name())) {
                put(one, "path:" + path, Optional.empty());
            }
        }
    }

    private boolean isDeclared(PackageName name) {
        String bare = PackageRef.bare(name);
        return manifest.paths().containsKey(bare) || manifest.packages().containsKey(bare);
    }

    /**
     * What is in a path.
     *
     * @param inPart whether there is of others only what the package itself uses
     */
    private record Brought(Resolution all, boolean inPart) {}

    /** The name of the package of a folder or file. */
    static PackageName name(Path path) {
        return of(path, PackageWit::name, WitFiles::name);
    }

    private static <T> T of(Path path, Function<PackageWit, T> encoded, Function<WitFiles, T> text) {
        if (!Files.exists(path)) {
            throw new CliException.Usage(path + ": there is no such file or folder");
        }
        try {
            Optional<GuestFile> binary = WitInput.binary(path);
            return binary.isPresent()
                    ? encoded.apply(decode(path.toString(), binary.get().bytes()))
                    : text.apply(WitInput.text(path));
        } catch (WitException e) {
            throw WitInput.failed(e);
        }
    }

    private static PackageWit decode(String source, byte[] binary) {
        try {
            return PackageWit.of(binary).orElseThrow(() -> new CliException.Failed(
                    source + ": a component, but not one that holds a WIT package"));
        } catch (ComponentException e) {
            throw new CliException.Failed(source + ": " + e.getMessage());
        }
    }

    private void addImage(PackageName name) {
        String image = Packages.image(name, manifest.registries());
        Optional<String> pinned = lock.find(name, image).map(Lock.Entry::digest);
        Packages.Found found = registries.fetch(name, image, pinned);
        PackageWit wit = decode(image, found.bytes());
        if (!wit.name().equals(name)) {
            throw new CliException.Failed(image + ": holds the package " + wit.name() + " instead of " + name);
        }
        for (Package one : wit.packages().packages()) {
            if (one.name().equals(name)) {
                put(one, image, Optional.of(found.digest()));
            } else if (!manifest.paths().containsKey(PackageRef.bare(one.name()))) {
                want(one.name());
            }
        }
    }

    private void put(Package one, String source, Optional<String> digest) {
        String text = WitPrinter.print(one);
        texts.put(
                new Lock.Entry(one.name().toString(), source,
                        digest.orElseGet(() -> Digests.sha256(text.getBytes(StandardCharsets.UTF_8)))),
                text);
    }
}
