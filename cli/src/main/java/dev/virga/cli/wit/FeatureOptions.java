package dev.virga.cli.wit;

import dev.virga.wit.Features;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Which items that are gated with {@code @unstable} are there. */
final class FeatureOptions {

    @Option(
            names = "--features",
            paramLabel = "NAME[,NAME...]",
            split = ",",
            description = "Items that are @unstable under these features are there too.")
    private Set<String> features = new TreeSet<>();

    @Option(names = "--all-features", description = "All @unstable items are there.")
    private boolean all;

    Features features() {
        return all ? Features.ALL : new Features(false, features);
    }
}
