package dev.virga.wit;

import java.util.List;
import java.util.Optional;

/**
 * Packages that refer to each other, resolved.
 *
 * @param packages sorted: each after those it refers to
 */
public record Resolution(List<Package> packages) {

    public Resolution {
        packages = PackageOrder.of(packages, name -> { });
    }

    /**
     * Resolves packages, which may refer to each other in any order.
     *
     * @param folders the files of one folder each: those that name no package belong to the one that
     *     another file of the folder names
     * @throws WitException if a file is malformed or does not fit
     */
    public static Resolution of(Features features, List<List<Source>> folders) {
        return new Resolver(features).resolve(folders);
    }

    /** Resolves files that each name their package. */
    public static Resolution of(Features features, Source... files) {
        return of(features, List.of(files).stream().map(List::of).toList());
    }

    public Optional<Package> find(PackageName name) {
        return packages.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    public Optional<Interface> findInterface(Id id) {
        return find(id.packageName()).flatMap(p -> p.findInterface(id.name()));
    }

    public Optional<World> findWorld(Id id) {
        return find(id.packageName()).flatMap(p -> p.findWorld(id.name()));
    }
}
