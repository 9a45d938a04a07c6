package dev.virga.cli.project;

import dev.virga.host.shape.Node;
import dev.virga.host.shape.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            "wasi_webgpu", "there is no such interface here",
            "service_file", "use a manifest with a service");

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
        Map<String, Path> others = new LinkedHashMap<>();
        for (Node each : items(at("dev", "components"))) {
            Map<String, String> fields = strings(Optional.of(each));
            others.put(fields.getOrDefault("name", "other"), folder.resolve(fields.getOrDefault("file", "")));
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
                text("dev", "service").filter("true"::equals).isPresent(), others, resources(), interfaces, volumes);
    }

    /** {@code workload} has them as the component's {@code localResources}, its variables without a level between. */
    private Map<String, Object> resources() {
        Map<String, Object> resources = object(at("workload"));
        Object variables = resources.get("environment");
        if (variables instanceof Map<?, ?> map && !map.containsKey("config") && !map.isEmpty()) {
            resources.put("environment", Map.of("config", map));
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
            case Node.Scalar s -> s.text();
            case Node.Sequence s -> s.items().stream().map(WashConfig::plain).toList();
            case Node.Mapping _ -> object(Optional.of(node));
        };
    }
}
