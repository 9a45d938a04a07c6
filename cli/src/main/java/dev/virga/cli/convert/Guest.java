package dev.virga.cli.convert;

import java.util.List;
import java.util.Map;

/** What a component or a service is, out of a container. */
final class Guest {

    /** What a container has and a guest has no use for. */
    private static final Map<String, String> WITHOUT = Map.of(
            "command", "a component has no command line",
            "args", "a component has no command line",
            "workingDir", "a component sees only what is mounted",
            "lifecycle", "requests under way end before an instance goes",
            "securityContext", "a component has no rights but those that stand here",
            "volumeDevices", "there are no devices",
            "stdin", "there is no standard input",
            "tty", "there is no terminal");

    private Guest() {}

    static Commented of(Objects objects, String namespace, Item container, Volumes volumes, Item pod, boolean named) {
        Commented guest = new Commented();
        if (named) {
            guest.put("name", container.at("name").required());
        }
        String image = container.at("image").required();
        guest.note("TODO this is the container's image; name the one of the component that takes its place.");
        guest.put("image", image);
        secret(pod, guest);
        container.at("imagePullPolicy").text().ifPresent(policy -> guest.put("imagePullPolicy", policy));
        WITHOUT.keySet().stream().sorted().filter(key -> container.at(key).isThere()).forEach(key ->
                guest.note("Left out: " + key + " (" + WITHOUT.get(key) + ")."));
        guest.put("localResources", resources(objects, namespace, container, volumes));
        return guest;
    }

    private static void secret(Item pod, Commented guest) {
        List<Item> secrets = pod.at("imagePullSecrets").list();
        if (!secrets.isEmpty()) {
            guest.put("imagePullSecret", new Commented().put("name", secrets.getFirst().at("name").required()));
        }
        if (secrets.size() > 1) {
            guest.note("Only the first of " + secrets.size() + " imagePullSecrets is used.");
        }
    }

    private static Commented resources(Objects objects, String namespace, Item container, Volumes volumes) {
        Environment environment = new Environment(objects, namespace, container);
        Commented resources = new Commented();
        volumes.mount(container, resources);
        resources.put("environment", environment.layer());
        if (environment.origins().isEmpty()) {
            resources.note("TODO whatever it calls has to stand in allowedHosts; nothing may be called otherwise.");
        } else {
            resources.note("TODO found among the variables; whatever else it calls has to stand here too.");
            resources.put("allowedHosts", List.copyOf(environment.origins()));
        }
        return resources;
    }
}
