package dev.virga.cli.wit;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import dev.virga.oci.Digests;
import dev.virga.wit.PackageName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What was fetched, so that it is the same everywhere: the file {@code deps.lock}. */
record Lock(@Field("All packages, with those that they need.") List<Entry> packages) implements Checked {

    static final Lock EMPTY = new Lock(List.of());

    /**
     * A package.
     *
     * @param source the image it is from, or {@code path:} and its path
     * @param digest of the image's layer, or of the text out of a path
     */
    record Entry(
            @Field(value = "Its name with its version.", text = Text.NOT_EMPTY) String name,
            @Field(value = "The image it is from, or path: and its path.", text = Text.NOT_EMPTY) String source,
            @Field(value = "Of the image's layer, or of the text out of a path.", text = Text.NOT_EMPTY) String digest) {

        PackageName packageName() {
            return PackageRef.parse(name).orElseThrow();
        }
    }

    Lock {
        packages = packages.stream().sorted(Comparator.comparing(Entry::name)).toList();
    }

    @Override
    public void check(Report place) {
        packages.stream()
                .filter(p -> PackageRef.parse(p.name()).isEmpty() || !Digests.isSha256(p.digest()))
                .forEach(p -> place.problem(p.name() + ": not an entry that `virga wit fetch` has written"));
    }

    Optional<Entry> find(PackageName name, String source) {
        return packages.stream()
                .filter(p -> p.name().equals(name.toString()) && p.source().equals(source))
                .findFirst();
    }

    Lock without(List<String> names) {
        return new Lock(packages.stream().filter(p -> !names.contains(PackageRef.bare(p.packageName()))).toList());
    }
}
