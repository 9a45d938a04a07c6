package dev.virga.cli.wit;

import dev.virga.cli.CliException;
import dev.virga.wit.PackageName;
import dev.virga.wit.Version;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads names of packages, {@code namespace:name[@version]}. */
final class PackageRef {

    private static final String WORDS = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*";
    private static final Pattern NAME = Pattern.compile("(" + WORDS + "):(" + WORDS + ")(?:@(.+))?");
    private static final int LONGEST = 256;

    private PackageRef() {}

    static Optional<PackageName> parse(String text) {
        Matcher name = NAME.matcher(text);
        if (text.length() > LONGEST || !name.matches()) {
            return Optional.empty();
        }
        Optional<Version> version = Optional.ofNullable(name.group(3)).flatMap(Version::parse);
        return name.group(3) != null && version.isEmpty()
                ? Optional.empty()
                : Optional.of(new PackageName(name.group(1), name.group(2), version));
    }

    /** @throws CliException.Usage if it is none */
    static PackageName require(String text) {
        return parse(text).orElseThrow(() -> new CliException.Usage(
                "\"" + text + "\" is no package: write NAMESPACE:NAME or NAMESPACE:NAME@VERSION, for example wasi:http@0.2.3"));
    }

    /** Without the version. */
    static String bare(PackageName name) {
        return name.namespace() + ":" + name.name();
    }

    /** The folder that holds its text. */
    static String folder(PackageName name) {
        return name.namespace() + "-" + name.name() + name.version().map(v -> "-" + v).orElse("");
    }
}
