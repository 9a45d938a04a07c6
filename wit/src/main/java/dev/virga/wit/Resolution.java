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
        return of(features, folders, List.of());
    }

    /** Resolves files that each name their package. */
    public static Resolution of(Features features, Source... files) {
        return of(features, List.of(files).stream().map(List::of).toList());
    }

    /** @param fallbacks packages, a file each, to take where the folders do not define them */
    public static Resolution of(Features features, List<List<Source>> folders, List<Source> fallbacks) {
        return new Resolver(features, Problems.thrown()).resolve(folders, fallbacks);
    }

    /**
     * Everything that is wrong in packages, by file and place: all mistakes for which {@link
     * #of(Features, List, List)} would refuse them, as far as one does not hide the other (those of
     * the syntax, or else those of the content; at most 100), or, if there are none, warnings.
     */
    public static List<Problem> problems(Features features, List<List<Source>> folders, List<Source> fallbacks) {
        Problems problems = Problems.gathered();
        try {
            new Resolver(features, problems).resolve(folders, fallbacks);
        } catch (WitException e) {
            // One more than are gathered.
        }
        return problems.found();
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
