package dev.virga.cli.project;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.host.manifest.FileImages;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.ManifestException;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.host.shape.Yaml;
import dev.virga.host.workload.WorkloadRuntime;
import dev.virga.wit.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The manifests by which a project runs while it is worked on. */
final class DevWorkload {

    private static final String HTTP = "wasi:http/incoming-handler@";
    private static final String RUN = "wasi:cli/run@";
    private static final String MAIN = "main";

    /** @param yaml of what was made, where the project has no manifests */
    record Read(List<Manifest> manifests, Optional<String> yaml) {}

    private DevWorkload() {}

    /**
     * With absolute paths of images.
     *
     * @throws CliException.Failed if they are wrong
     */
    static Read read(Project project, Built built) {
        return switch (project.dev().manifest()) {
            case DevManifest.File(Path file) -> new Read(ofFile(file), Optional.empty());
            case DevManifest.Made made -> {
                String yaml = Yaml.print(List.of(document(project, made, built)));
                yield new Read(parsed(yaml), Optional.of(yaml));
            }
        };
    }

    private static List<Manifest> ofFile(Path file) {
        try {
            return ManifestParser.read(file).all().stream()
                    .map(m -> FileImages.absolute(m, file.getParent()))
                    .toList();
        } catch (IOException e) {
            throw new CliException.Failed(file + ": cannot be read: " + AtomicFile.reason(e));
        } catch (ManifestException e) {
            throw new CliException.Failed(e.getMessage());
        }
    }

    private static List<Manifest> parsed(String yaml) {
        try {
            return ManifestParser.parse("the manifest that was made", yaml).all();
        } catch (ManifestException e) {
            throw new CliException.Failed(e.getMessage() + "\n" + yaml);
        }
    }

    private static Map<String, Object> document(Project project, DevManifest.Made made, Built built) {
        World world = built.world();
        List<String> exports = Built.names(world.exports());
        boolean http = exports.stream().anyMatch(e -> e.startsWith(HTTP));
        boolean service = made.service() || exports.stream().anyMatch(e -> e.startsWith(RUN)) && !http;
        Map<String, Object> resources = new LinkedHashMap<>(made.resources());
        List<Object> volumes = new ArrayList<>();
        List<Object> mounts = new ArrayList<>();
        made.volumes().forEach((host, guest) -> {
            String name = "volume-" + volumes.size();
            volumes.add(Map.of("name", name, "hostPath", Map.of("path", host.toString())));
            mounts.add(Map.of("name", name, "mountPath", guest));
        });
        if (!mounts.isEmpty()) {
            resources.put("volumeMounts", mounts);
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        List<Object> components = new ArrayList<>();
        if (service) {
            spec.put("service", entry(Optional.empty(), project.component(), resources));
        } else {
            components.add(entry(Optional.of(MAIN), project.component(), resources));
        }
        made.serviceFile().ifPresent(file -> spec.put("service", entry(Optional.empty(), file, made.resources())));
        components.addAll(made.components());
        spec.put("components", components);
        spec.put("hostInterfaces", interfaces(made, world));
        spec.put("volumes", volumes);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "runtime.wasmcloud.dev/v1alpha1");
        document.put("kind", "WorkloadDeployment");
        document.put("metadata", Map.of("name", project.name()));
        document.put("spec", Map.of("replicas", 1, "template", Map.of("spec", spec)));
        if (http && !service) {
            Map<String, Object> route = new TreeMap<>(Map.of("host", "*", "path", "/", "component", MAIN));
            document.put("virga", Map.of("ingress", Map.of("routes", List.of(route))));
        }
        return document;
    }

    private static Map<String, Object> entry(Optional<String> name, Path image, Map<String, Object> resources) {
        Map<String, Object> entry = new LinkedHashMap<>();
        name.ifPresent(n -> entry.put("name", n));
        entry.put("image", "file:" + image);
        if (!resources.isEmpty()) {
            entry.put("localResources", resources);
        }
        return entry;
    }

    /** Those that were asked for, and of other packages all that the component imports and exports. */
    private static List<Object> interfaces(DevManifest.Made made, World world) {
        List<Object> all = new ArrayList<>(made.interfaces());
        Map<String, List<String>> byPackage = new TreeMap<>();
        List<String> names = new ArrayList<>(Built.names(world.imports()));
        names.addAll(Built.names(world.exports()));
        for (String name : names) {
            int slash = name.indexOf('/');
            if (slash > 0 && !WorkloadRuntime.BUILT_IN.contains(name.substring(0, slash))) {
                int at = name.indexOf('@');
                String simple = name.substring(slash + 1, at < 0 ? name.length() : at);
                byPackage.computeIfAbsent(name.substring(0, slash), _ -> new ArrayList<>()).add(simple);
            }
        }
        byPackage.forEach((packageName, simple) -> {
            String[] parts = packageName.split(":", 2);
            boolean asked = made.interfaces().stream()
                    .anyMatch(i -> parts[0].equals(i.get("namespace")) && parts[1].equals(i.get("package")));
            if (!asked) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("namespace", parts[0]);
                entry.put("package", parts[1]);
                entry.put("interfaces", simple.stream().distinct().toList());
                all.add(entry);
            }
        });
        return all;
    }
}
