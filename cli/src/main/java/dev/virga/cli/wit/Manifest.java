package dev.virga.cli.wit;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import dev.virga.wit.PackageName;
import dev.virga.wit.Version;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What a WIT package depends on: its file {@code deps.yaml}. */
record Manifest(
        @Field(value = "Versions of packages in registries, by name.", keys = Text.SETTING, text = Text.VERSION)
                Map<String, String> packages,
        @Field(value = "Folders or files of packages, relative to this file, by name.", keys = Text.SETTING,
                        text = Text.NOT_EMPTY)
                Map<String, String> paths,
        @Field(value = "Where packages are, HOST[:PORT][/PREFIX], by namespace or by name.", keys = Text.SETTING,
                        text = Text.NOT_EMPTY)
                Map<String, String> registries)
        implements Checked {

    static final Manifest EMPTY = new Manifest(Map.of(), Map.of(), Map.of());

    Manifest {
        packages = new TreeMap<>(packages);
        paths = new TreeMap<>(paths);
        registries = new TreeMap<>(registries);
    }

    @Override
    public void check(Report place) {
        packages.forEach((name, version) -> {
            if (!isBare(name)) {
                place.problem("packages: \"" + name + "\" is no name of a package, such as wasi:http");
            }
            if (Version.parse(version).isEmpty()) {
                place.problem("packages: " + name + ": \"" + version + "\" is no full version, such as 0.2.3");
            }
        });
        paths.forEach((name, path) -> {
            if (!isBare(name)) {
                place.problem("paths: \"" + name + "\" is no name of a package, such as acme:types");
            }
            if (packages.containsKey(name)) {
                place.problem(name + " is both in packages and in paths; it can be one of them");
            }
        });
    }

    private static boolean isBare(String name) {
        return PackageRef.parse(name).filter(p -> p.version().isEmpty()).isPresent();
    }

    PackageName named(String name) {
        return PackageRef.parse(name + "@" + packages.get(name)).orElseThrow();
    }

    Manifest with(PackageName added) {
        Manifest rest = without(PackageRef.bare(added));
        rest.packages.put(PackageRef.bare(added), added.version().orElseThrow().toString());
        return rest;
    }

    Manifest with(PackageName added, Path path) {
        Manifest rest = without(PackageRef.bare(added));
        rest.paths.put(PackageRef.bare(added), path.toString().replace('\\', '/'));
        return rest;
    }

    Manifest withRegistry(String of, String registry) {
        Manifest copy = new Manifest(packages, paths, registries);
        copy.registries.put(of, registry);
        return copy;
    }

    Manifest without(String name) {
        Manifest copy = new Manifest(packages, paths, registries);
        copy.packages.remove(name);
        copy.paths.remove(name);
        return copy;
    }
}
