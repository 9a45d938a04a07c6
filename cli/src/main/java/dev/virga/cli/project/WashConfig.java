package dev.virga.cli.project;

import dev.virga.host.shape.Node;
import dev.virga.host.shape.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * wasmCloud's {@code .wash/config}. Fields that are not known are passed over: it is another tool's file.
 *
 * @see ProjectFile the one of this tool
 */
final class WashConfig {

    /** Of {@code dev}: what has no meaning here, or is chosen in another way. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "wasi_keyvalue_path", "key-value stores are in memory",
            "wasi_keyvalue_redis_url", "key-value stores are in memory; apply a manifest to `virga host --backend …`",
            "wasi_keyvalue_nats_url", "key-value stores are in memory; apply a manifest to `virga host --backend …`",
            "wasi_blobstore_path", "blob stores are in memory",
            "postgres_url", "no database is there; apply a manifest to `virga host --backend …`",
            "tls_cert_path", "it speaks plain HTTP",
            "wasi_webgpu", "there is no such interface here");

    private static final Set<String> LAYERS = Set.of("config", "configFrom", "secretFrom");

    private final Node root;
    private final Problems problems;
    private final Path folder;

    private WashConfig(Node root, Problems problems, Path folder) {
        this.root = root;
        this.problems = problems;
        this.folder = folder;
    }

    static Optional<Project> read(Node document, Problems problems, Path folder, Path file) {
        return new WashConfig(document, problems, folder).project(file);
    }

    private Optional<Project> project(Path file) {
        Optional<String> command = text("build", "command");
        if (command.isEmpty()) {
            problems.add(root.mark(), "build.command", "is missing; it says how to build the component");
            return Optional.empty();
        }
        String component = text("build", "component_path").orElse(folder.getFileName() + ".wasm");
        List<String> notes = new ArrayList<>();
        ELSEWHERE.keySet().stream()
                .sorted()
                .filter(key -> at("dev", key).filter(n -> !(n instanceof Node.Scalar s && s.text().equals("false"))).isPresent())
                .forEach(key -> notes.add("dev." + key + " is not used: " + ELSEWHERE.get(key)));
        text("new", "command").ifPresent(c -> notes.add("new.command is not run by itself: " + c));
        return Optional.of(new Project(
                folder,
                file,
                command.get(),
                strings(at("build", "env")),
                folder.resolve(component).normalize(),
                folder.resolve(text("wit", "wit_dir").orElse("wit")),
                Optional.empty(),
                new Project.Dev(text("dev", "command"), text("dev", "address"), List.of(), made()),
                notes));
    }

    private DevManifest made() {
        List<Map<String, Object>> components = new ArrayList<>();
        for (Node each : items(at("dev", "components"))) {
            components.add(component(object(Optional.of(each))));
        }
        Map<Path, String> volumes = new LinkedHashMap<>();
        for (Node each : items(at("dev", "volumes"))) {
            Map<String, String> fields = strings(Optional.of(each));
            volumes.put(folder.resolve(fields.getOrDefault("host_path", "")), fields.getOrDefault("guest_path", "/"));
        }
        List<Map<String, Object>> interfaces = new ArrayList<>();
        for (Node each : items(at("dev", "host_interfaces"))) {
            interfaces.add(object(Optional.of(each)));
        }
        return new DevManifest.Made(
                text("dev", "service").filter("true"::equals).isPresent(),
                text("dev", "service_file").map(folder::resolve),
                components,
                resources(object(at("workload"))),
                interfaces,
                volumes);
    }

    /** As a manifest has it: resources in an object of their own, and those of the workload where it has none. */
    private Map<String, Object> component(Map<String, Object> given) {
        Map<String, Object> entry = new LinkedHashMap<>();
        Map<String, Object> resources = new LinkedHashMap<>(object(at("workload")));
        given.forEach((key, value) -> {
            switch (key) {
                case "name", "image", "poolSize", "maxInvocations", "maxConcurrency" -> entry.put(key, value);
                case "file" -> entry.put("image", "file:" + folder.resolve(value.toString()));
                case "environment", "config", "allowedHosts", "allowedIpNameLookups", "allowedHostLoopbackPorts" ->
                    resources.put(key, value);
                default -> {} // another tool's
            }
        });
        entry.put("localResources", resources(resources));
        return entry;
    }

    /** As {@code localResources}; older files have the variables without a level between. */
    private static Map<String, Object> resources(Map<String, Object> given) {
        Map<String, Object> resources = new LinkedHashMap<>(given);
        boolean older = given.get("environment") instanceof Map<?, ?> layer
                && layer.keySet().stream().noneMatch(LAYERS::contains);
        if (older) {
            resources.put("environment", Map.of("config", given.get("environment")));
        }
        return resources;
    }

    private Optional<Node> at(String... path) {
        Optional<Node> node = Optional.of(root);
        for (String key : path) {
            node = node.flatMap(n -> n instanceof Node.Mapping mapping ? mapping.value(key) : Optional.empty());
        }
        return node.filter(n -> !n.isNull());
    }

    private Optional<String> text(String... path) {
        return at(path).filter(node -> {
            if (!(node instanceof Node.Scalar)) {
                problems.add(node.mark(), String.join(".", path), "expected a string");
            }
            return node instanceof Node.Scalar;
        }).map(node -> ((Node.Scalar) node).text());
    }

    private static List<Node> items(Optional<Node> node) {
        return node.filter(Node.Sequence.class::isInstance).map(n -> ((Node.Sequence) n).items()).orElse(List.of());
    }

    private static Map<String, Object> object(Optional<Node> node) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (node.orElse(null) instanceof Node.Mapping mapping) {
            mapping.entries().forEach(e -> fields.put(e.key().text(), plain(e.value())));
        }
        return fields;
    }

    private static Map<String, String> strings(Optional<Node> node) {
        Map<String, String> strings = new LinkedHashMap<>();
        object(node).forEach((key, value) -> strings.put(key, String.valueOf(value)));
        return strings;
    }

    private static Object plain(Node node) {
        return switch (node) {
            case Node.Scalar s when s.kind() == Node.Kind.BOOLEAN -> Boolean.valueOf(s.text());
            case Node.Scalar s when s.kind() == Node.Kind.INTEGER && s.text().matches("\\d{1,18}") -> Long.valueOf(s.text());
            case Node.Scalar s -> s.text();
            case Node.Sequence s -> s.items().stream().map(WashConfig::plain).toList();
            case Node.Mapping _ -> object(Optional.of(node));
        };
    }
}
