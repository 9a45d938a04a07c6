package dev.virga.cli.host;

import dev.virga.cli.CliException;
import dev.virga.host.manifest.Kind;
import dev.virga.host.shape.Suggestions;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One object: its kind, its name and its namespace. */
final class ObjectOptions {

    static final String KINDS = "A kind: workloaddeployment (wd), workloadreplicaset (wrs), workload (ww), artifact (art), "
            + "configmap (cm) or secret (sec); the plural will do too.";

    @Parameters(index = "0", paramLabel = "KIND", description = KINDS)
    private String kind;

    @Parameters(index = "1", paramLabel = "NAME", description = "The object's name.")
    String name;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "default",
            description = "The object's namespace (default: ${DEFAULT-VALUE}).")
    String namespace;

    Kind kind() {
        return kind(kind);
    }

    /** @throws CliException.Usage with the kinds that there are */
    static Kind kind(String word) {
        List<String> known = Stream.of(Kind.values()).map(kind -> kind.toString().toLowerCase(java.util.Locale.ROOT)).toList();
        return Kind.named(word).orElseThrow(() -> new CliException.Usage("there is no kind '" + word + "'"
                + Suggestions.question(word.toLowerCase(java.util.Locale.ROOT), known)
                        .orElse("; there are " + String.join(", ", known))));
    }
}
