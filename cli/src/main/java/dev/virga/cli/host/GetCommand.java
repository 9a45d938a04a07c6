package dev.virga.cli.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.host.control.ControlPlane;
import dev.virga.host.manifest.Kind;
import dev.virga.host.shape.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga get}. */
@Command(
        name = "get",
        description = "Shows what was applied to a host and how it fares.",
        footer = {
            "",
            "Examples:",
            "  virga get",
            "  virga get workloaddeployments -A -o wide",
            "  virga get wd shop -o yaml",
            "  virga get -w"
        })
public final class GetCommand implements Callable<Integer> {

    /** What does not count as a change, such as memory in use, is shown after so many seconds. */
    private static final String WAIT = "2";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How results are printed. */
    enum Format {
        TEXT,
        WIDE,
        JSON,
        YAML;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description = ObjectOptions.KINDS + " Without it, all that runs.")
    private Optional<String> kindName;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "One object alone.")
    private Optional<String> name;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Its namespace (default: ${DEFAULT-VALUE}).")
    private String namespace;

    @Option(names = {"-A", "--all-namespaces"}, description = "Those of all namespaces.")
    private boolean allNamespaces;

    @Option(names = {"-w", "--watch"}, description = "Go on, and show what changes.")
    private boolean watch;

    @Option(names = "--show-secrets", description = "Show the values of secrets too.")
    private boolean secrets;

    @Mixin
    private Client client;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Print as ${COMPLETION-CANDIDATES} (default: text).")
    private Format format;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public GetCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<Kind> kind = kindName.map(ObjectOptions::kind);
        if (allNamespaces && name.isPresent()) {
            throw new CliException.Usage("-A and a NAME do not go together; say its namespace with -n");
        }
        return client.use(host -> get(host, kind));
    }

    private int get(ControlPlane host, Optional<Kind> kind) {
        Map<String, String> query = new LinkedHashMap<>();
        kind.ifPresent(k -> query.put("kind", k.toString()));
        name.ifPresent(n -> query.put("name", n));
        if (!allNamespaces) {
            query.put("namespace", namespace);
        }
        if (secrets) {
            query.put("secrets", "true");
        }
        JsonNode state = host.objects(query);
        List<JsonNode> objects = shown(state, kind);
        if (objects.isEmpty() && name.isPresent()) {
            throw new CliException.Failed("there is no " + kind.orElseThrow() + " " + namespace + "/" + name.get());
        }
        if (watch) {
            return watch(host, query, kind, state);
        }
        print(objects, kind);
        return ExitCode.OK;
    }

    private void print(List<JsonNode> objects, Optional<Kind> kind) {
        switch (format) {
            case JSON -> console.out().println(
                    name.isPresent() ? objects.getFirst() : JSON.createObjectNode().set("objects", JSON.valueToTree(objects)));
            case YAML -> console.out().print(
                    Yaml.print(objects.stream().map(o -> JSON.convertValue(o, Map.class)).toList()));
            default -> {
                if (objects.isEmpty()) {
                    console.err().println("virga: there is " + kind.map(k -> "no " + k).orElse("nothing that runs")
                            + (allNamespaces ? "" : " in the namespace " + namespace + " (all of them: -A)"));
                } else {
                    rows(kind).print(console.out(), objects);
                }
            }
        }
    }

    private Rows rows(Optional<Kind> kind) {
        return new Rows(allNamespaces, kind.isEmpty(), kind.isEmpty() || kind.get().runs(), format == Format.WIDE);
    }

    private int watch(ControlPlane host, Map<String, String> query, Optional<Kind> kind, JsonNode first) {
        Rows rows = rows(kind);
        Map<String, JsonNode> known = new LinkedHashMap<>();
        JsonNode state = first;
        while (!Thread.currentThread().isInterrupted()) {
            List<JsonNode> changed = shown(state, kind).stream()
                    .filter(object -> !object.equals(known.put(Objects.idOf(object), object)))
                    .toList();
            switch (format) {
                case JSON -> changed.forEach(console.out()::println);
                case YAML -> changed.forEach(object ->
                        console.out().print("---\n" + Yaml.print(List.of(JSON.convertValue(object, Map.class)))));
                default -> rows.print(console.out(), changed);
            }
            console.out().flush();
            query.put("after", state.path("changes").asText());
            query.put("wait", WAIT);
            state = host.objects(query);
        }
        return ExitCode.OK;
    }

    private static List<JsonNode> shown(JsonNode state, Optional<Kind> kind) {
        return StreamSupport.stream(state.path("objects").spliterator(), false)
                .filter(object -> kind.isPresent() || object.has("status"))
                .toList();
    }
}
