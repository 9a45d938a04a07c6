package dev.virga.cli.wit;

import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.Progress;
import dev.virga.cli.oci.RegistryOptions;
import dev.virga.oci.ImageManifest.Blob;
import dev.virga.oci.ImageStore;
import dev.virga.oci.RemoteImage;
import dev.virga.wit.PackageName;
import dev.virga.wit.Version;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Packages in registries, and those of them that are here already.
 *
 * @param cache for all that was ever fetched
 * @param offline whether there is nothing but the cache
 */
record Packages(Console console, RegistryOptions options, ImageStore cache, boolean offline) {

    private static final long LARGEST = 16 << 20;

    /** Where the packages of well-known namespaces are published. */
    private static final Map<String, String> KNOWN = Map.of("wasi", "ghcr.io/webassembly");

    /** An encoded package. */
    record Found(String digest, byte[] bytes) {}

    /**
     * The image of a package: the tag is its version.
     *
     * @param registries by namespace or by name
     * @throws CliException.Failed if nobody has said where it is
     */
    static String image(PackageName name, Map<String, String> registries) {
        return repository(name, registries) + ":" + name.version()
                .map(version -> version.toString().replace('+', '_')) // a tag has no plus
                .orElseThrow(() -> new CliException.Failed(PackageRef.bare(name)
                        + " is needed without a version, and registries have packages with versions only: add it by its path"));
    }

    /** Whether there is an image of it, as far as one can tell from here. */
    static boolean isSomewhere(PackageName name, Map<String, String> registries) {
        return name.version().isPresent() && prefix(name, registries).isPresent();
    }

    private static Optional<String> prefix(PackageName name, Map<String, String> registries) {
        return Optional.ofNullable(registries.get(PackageRef.bare(name)))
                .or(() -> Optional.ofNullable(registries.get(name.namespace())))
                .or(() -> Optional.ofNullable(KNOWN.get(name.namespace())));
    }

    private static String repository(PackageName name, Map<String, String> registries) {
        String bare = PackageRef.bare(name);
        String prefix = prefix(name, registries).orElseThrow(() -> new CliException.Failed(
                "nothing says where packages of " + name.namespace() + " are: `virga wit add --registry HOST[/PREFIX] "
                        + bare + "`, or --path for one that is here"));
        return prefix.replaceFirst("/+$", "") + "/" + name.namespace() + "/" + name.name();
    }

    /** @param pinned the digest that it must have */
    Found fetch(PackageName name, String image, Optional<String> pinned) {
        Optional<Found> here = pinned.flatMap(cache::find).map(i -> new Found(i.digest(), i.bytes()));
        if (here.isPresent()) {
            return here.get();
        }
        if (offline) {
            throw new CliException.Failed(name + " (" + image + ") is not in the cache: run it once without --offline");
        }
        return options.with(console.environment(), image, remote -> pull(name, image, remote, pinned));
    }

    private Found pull(PackageName name, String image, RemoteImage remote, Optional<String> pinned) {
        Blob component = remote.component(remote.manifest());
        if (pinned.isPresent() && !pinned.get().equals(component.digest())) {
            throw new CliException.Failed(name + ": " + image + " is " + component.digest() + " now, and deps.lock has "
                    + pinned.get() + "; if that is meant to be, run `virga wit update " + PackageRef.bare(name) + "`");
        }
        if (component.size() > LARGEST) {
            throw new CliException.Failed(image + ": has " + component.size() + " bytes, which no WIT package has");
        }
        try (Progress progress = Progress.of(console, "fetching " + name, component.size())) {
            return new Found(component.digest(), cache.get(remote, component, progress).bytes());
        }
    }

    /**
     * The newest version there is, pre-releases only if there is nothing else.
     *
     * @param compatible with this version, if there is one
     */
    Version newest(PackageName name, Map<String, String> registries, Optional<Version> compatible) {
        String repository = repository(name, registries);
        if (offline) {
            throw new CliException.Failed("which versions of " + PackageRef.bare(name)
                    + " there are is not known offline; name one: " + PackageRef.bare(name) + "@VERSION");
        }
        List<Version> all = options.with(console.environment(), repository, RemoteImage::tags).stream()
                .map(tag -> Version.parse(tag.replace('_', '+')))
                .flatMap(Optional::stream)
                .filter(version -> compatible.map(old -> isCompatible(old, version)).orElse(true))
                .toList();
        return all.stream()
                .filter(version -> version.preRelease().isEmpty())
                .max(Comparator.naturalOrder())
                .or(() -> compatible.or(() -> all.stream().max(Comparator.naturalOrder())))
                .orElseThrow(() -> new CliException.Failed(repository + ": no tag there is a version"));
    }

    /** Whether what is written for the old one holds for the new one (semver.org, and Cargo's rule below 1.0). */
    private static boolean isCompatible(Version old, Version later) {
        return later.compareTo(old) >= 0
                && later.major() == old.major()
                && (old.major() > 0 || later.minor() == old.minor())
                && (old.major() > 0 || old.minor() > 0 || later.patch() == old.patch());
    }
}
