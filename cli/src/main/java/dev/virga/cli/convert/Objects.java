package dev.virga.cli.convert;

import dev.virga.cli.CliException;
import dev.virga.host.shape.Node;
import dev.virga.host.shape.Problem;
import dev.virga.host.shape.Problems;
import dev.virga.host.shape.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The documents of a file, by what becomes of them. */
record Objects(List<Item> deployments, List<Item> services, List<Item> ingresses, List<Item> kept, List<Item> others) {

    private static final String NAMESPACE = "default";

    /** @throws CliException.Failed if it is no YAML, or has no Deployment */
    static Objects read(String file, String text) {
        Problems problems = new Problems(file);
        List<Node> documents = Yaml.documents(text, problems);
        if (!problems.isEmpty()) {
            throw new CliException.Failed(
                    problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        Objects objects = new Objects(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        documents.stream().map(node -> Item.of(file, node)).filter(Item::isThere).forEach(objects::add);
        if (objects.deployments.isEmpty()) {
            String found = Stream.of(objects.services, objects.ingresses, objects.kept, objects.others)
                    .flatMap(List::stream)
                    .map(item -> item.at("kind").required())
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw new CliException.Failed(file + ": has no Deployment of apps/v1, which is what can be converted"
                    + (found.isEmpty() ? "" : "; it has " + found));
        }
        return objects;
    }

    private void add(Item item) {
        if (item.at("kind").required().equals("List")) {
            item.at("items").list().forEach(this::add);
            return;
        }
        List<Item> place = switch (item.at("apiVersion").required() + " " + item.at("kind").required()) {
            case "apps/v1 Deployment" -> deployments;
            case "v1 Service" -> services;
            case "networking.k8s.io/v1 Ingress" -> ingresses;
            case "v1 ConfigMap", "v1 Secret" -> kept;
            default -> others;
        };
        place.add(item);
    }

    static String namespace(Item object) {
        return object.at("metadata", "namespace").text().orElse(NAMESPACE);
    }

    static String name(Item object) {
        return object.at("metadata", "name").required();
    }

    /** The Services that select a Deployment's pods. */
    List<Item> servicesOf(Item deployment) {
        Map<String, String> labels = deployment.at("spec", "template", "metadata", "labels").texts();
        return services.stream()
                .filter(service -> namespace(service).equals(namespace(deployment)))
                .filter(service -> {
                    Map<String, String> selector = service.at("spec", "selector").texts();
                    return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
                })
                .toList();
    }

    /** The one of the other documents that has this kind, name and namespace. */
    Optional<Item> kept(String kind, String namespace, String name) {
        return kept.stream()
                .filter(item -> item.at("kind").required().equals(kind)
                        && name(item).equals(name)
                        && namespace(item).equals(namespace))
                .findFirst();
    }
}
