package dev.virga.cli.host;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.host.control.ControlPlane;
import dev.virga.host.control.ControlException;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga delete}. */
@Command(
        name = "delete",
        description = "Stops objects and forgets them.",
        footer = {
            "",
            "Returns when they have stopped; requests under way may end first.",
            "",
            "Examples:",
            "  virga delete wd shop",
            "  virga delete -f shop.yaml"
        })
public final class DeleteCommand implements Callable<Integer> {

    private record Target(Kind kind, String namespace, String name) {
        @Override
        public String toString() {
            return kind + " " + namespace + "/" + name;
        }
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = ObjectOptions.KINDS)
    private Optional<String> kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The object's name.")
    private Optional<String> name;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "default",
            description = "The object's namespace (default: ${DEFAULT-VALUE}).")
    private String namespace;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE|DIR|-",
            description = "Instead: all that stands in these manifests. May be given several times.")
    private List<String> files = new ArrayList<>();

    @Mixin
    private Client client;

    @Mixin
    private OutputFlag output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public DeleteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (files.isEmpty() != name.isPresent()) {
            throw new CliException.Usage("say what to delete: either KIND and NAME, or -f FILE");
        }
        List<Target> targets = files.isEmpty()
                ? List.of(new Target(ObjectOptions.kind(kind.orElseThrow()), namespace, name.orElseThrow()))
                : Sources.read(files, console).all().stream().map(DeleteCommand::target).toList();
        return client.use(host -> delete(host, targets));
    }

    private static Target target(Manifest manifest) {
        return new Target(manifest.kind(), manifest.metadata().namespace(), manifest.metadata().name());
    }

    /** What runs goes before what it needs, as manifests name that first; one that is not there holds up no other. */
    private int delete(ControlPlane host, List<Target> targets) {
        ArrayNode deleted = JsonNodeFactory.instance.arrayNode();
        int code = ExitCode.OK;
        for (Target target : targets.reversed()) {
            try {
                host.delete(target.kind(), target.namespace(), target.name());
                deleted.add(target.toString());
                if (!output.json()) {
                    console.out().println(target + " deleted");
                }
            } catch (ControlException.Refused e) {
                console.err().println("virga: " + e.getMessage());
                code = ExitCode.FAILED;
            }
        }
        if (output.json()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.set("deleted", deleted);
            console.out().println(all);
        }
        return code;
    }
}
