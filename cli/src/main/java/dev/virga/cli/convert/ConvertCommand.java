package dev.virga.cli.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.host.manifest.ManifestException;
import dev.virga.host.manifest.ManifestParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga convert}. */
@Command(
        name = "convert",
        description = "Makes a workload's skeleton out of a container's Deployment: variables, ports, secrets, limits "
                + "and probes. Comments say what has no equivalent, and what is to do.",
        footer = {
            "",
            "Services, Ingresses, ConfigMaps and Secrets of the same file are taken into account; what stays as it is",
            "is printed too.",
            "",
            "Examples:",
            "  virga convert -f deployment.yaml > workload.yaml",
            "  helm template shop/ | virga convert -f - --out workload.yaml"
        })
public final class ConvertCommand implements Callable<Integer> {

    private static final int MAX_INPUT = 16 << 20;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE|-",
            description = "Manifests for Kubernetes: a file, or - for standard input.")
    private String file;

    @Option(names = "--out", paramLabel = "OUT", description = "Write the skeleton to this file.")
    private Optional<Path> out;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Objects objects = Objects.read(file.equals("-") ? "(standard input)" : file, text());
        List<Commented> documents = documents(objects);
        String yaml = documents.stream().map(Commented::yaml).collect(Collectors.joining("---\n"));
        check(yaml);
        objects.others().forEach(other -> console.err().println("virga: left out " + other.at("kind").required() + " "
                + other.at("metadata", "name").text().orElse("") + ", which is not converted"));
        if (output.json()) {
            yaml = json(documents) + "\n";
        }
        if (out.isPresent()) {
            AtomicFile.writeOut(out.get(), yaml.getBytes(StandardCharsets.UTF_8));
        } else {
            console.out().print(yaml);
        }
        return ExitCode.OK;
    }

    private static List<Commented> documents(Objects objects) {
        List<Commented> documents = new ArrayList<>();
        Set<Item> services = new LinkedHashSet<>();
        for (Item deployment : objects.deployments()) {
            documents.add(new Skeleton(objects, deployment).convert());
            objects.servicesOf(deployment).stream().findFirst().ifPresent(services::add);
        }
        services.forEach(service -> documents.add(Skeleton.service(service)));
        objects.services().stream().filter(service -> !services.contains(service)).forEach(service ->
                documents.add(Commented.of(service)));
        objects.ingresses().forEach(ingress -> documents.add(Commented.of(ingress)));
        objects.kept().forEach(object -> documents.add(Commented.of(object)));
        return documents;
    }

    /** What was odd in the Deployment, such as a name, shows here. */
    private static void check(String yaml) {
        try {
            ManifestParser.parse("(skeleton)", yaml);
        } catch (ManifestException e) {
            throw new CliException.Failed("what comes out would be no manifest; mend the Deployment:\n" + e.getMessage());
        }
    }

    private static String json(List<Commented> documents) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode all = mapper.createObjectNode();
        ArrayNode manifests = all.putArray("manifests");
        ArrayNode notes = all.putArray("notes");
        documents.forEach(document -> {
            manifests.add(mapper.<ObjectNode>valueToTree(document.plain()));
            document.notes().forEach(notes::add);
        });
        return all.toString();
    }

    private String text() {
        try (InputStream in = file.equals("-") ? console.in() : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MAX_INPUT + 1);
            if (bytes.length > MAX_INPUT) {
                throw new CliException.Usage("-f " + file + ": more than " + MAX_INPUT + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CliException.Usage("-f " + file + ": cannot be read: " + AtomicFile.reason(e));
        }
    }
}
