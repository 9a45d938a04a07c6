package dev.virga.cli.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Deployment as a WorkloadDeployment: containers with ports become components, one without a service. */
final class Skeleton {

    /** What a pod has and a workload has no use for, or another place. */
    private static final Map<String, String> WITHOUT = Map.of(
            "serviceAccountName", "no workload speaks to the API server",
            "nodeSelector", "hosts are selected by their labels, with hostSelector",
            "affinity", "hosts are selected by their labels, with hostSelector",
            "tolerations", "hosts are selected by their labels, with hostSelector",
            "topologySpreadConstraints", "the scheduler spreads replicas over hosts and zones",
            "securityContext", "a component has no rights but those that stand here",
            "hostNetwork", "a component has no network but what it is allowed",
            "terminationGracePeriodSeconds", "a host's --grace is for all of its workloads",
            "priorityClassName", "there are no priorities");

    private final Objects objects;
    private final Item deployment;
    private final Item pod;
    private final String namespace;

    Skeleton(Objects objects, Item deployment) {
        this.objects = objects;
        this.deployment = deployment;
        this.pod = deployment.at("spec", "template", "spec");
        this.namespace = Objects.namespace(deployment);
    }

    Commented convert() {
        List<Item> containers = pod.at("containers").list();
        if (containers.isEmpty()) {
            throw pod.at("containers").wrong("a list with at least one container");
        }
        Optional<Item> service = service(containers);
        List<Item> components = containers.stream().filter(one -> service.filter(one::equals).isEmpty()).toList();
        return new Commented()
                .put("apiVersion", "runtime.wasmcloud.dev/v1alpha1")
                .put("kind", "WorkloadDeployment")
                .put("metadata", metadata(deployment.at("metadata")))
                .put("spec", spec(components, service))
                .put("virga", settings(containers, components));
    }

    /** The first container without ports, which nobody calls, and which so runs by itself. */
    private static Optional<Item> service(List<Item> containers) {
        return containers.stream().filter(container -> container.at("ports").list().isEmpty()).findFirst();
    }

    private static Commented metadata(Item metadata) {
        Commented copy = new Commented().put("name", metadata.at("name").required());
        metadata.at("namespace").text().ifPresent(namespace -> copy.put("namespace", namespace));
        return copy.put("labels", metadata.at("labels").texts());
    }

    private Commented spec(List<Item> components, Optional<Item> service) {
        Item from = deployment.at("spec");
        Commented spec = new Commented().put("replicas", from.at("replicas").number().orElse(1));
        from.at("strategy", "type").text().filter("Recreate"::equals).ifPresent(type -> spec.put("deployPolicy", type));
        return spec.put("template", new Commented()
                .put("labels", from.at("template", "metadata", "labels").texts())
                .put("spec", workload(components, service)));
    }

    private Commented workload(List<Item> components, Optional<Item> service) {
        Commented workload = new Commented();
        WITHOUT.keySet().stream().sorted().filter(key -> pod.at(key).isThere()).forEach(key ->
                workload.note("Left out: " + key + " (" + WITHOUT.get(key) + ")."));
        pod.at("initContainers").list().forEach(container -> workload.note("TODO the init container "
                + container.at("name").required() + " has no equivalent: do its work in a component, or before."));
        Volumes volumes = new Volumes(pod);
        List<Commented> entries = new ArrayList<>();
        components.forEach(container -> entries.add(component(container, volumes)));
        workload.put("components", entries);
        if (!components.isEmpty()) {
            http(workload);
        }
        service.ifPresent(container -> {
            workload.note("A container without ports runs by itself: its component exports wasi:cli/run.");
            workload.put("service", Guest.of(objects, namespace, container, volumes, pod, false)
                    .put("maxRestarts", Integer.MAX_VALUE));
        });
        workload.put("volumes", volumes.used());
        List<Item> services = objects.servicesOf(deployment);
        if (services.size() > 1) {
            workload.note("One Service leads to a workload; those left out: "
                    + String.join(", ", services.stream().skip(1).map(Objects::name).toList()));
        }
        if (!services.isEmpty()) {
            workload.put("kubernetes", new Commented()
                    .put("service", new Commented().put("name", Objects.name(services.getFirst()))));
        }
        return workload;
    }

    private Commented component(Item container, Volumes volumes) {
        Commented component = Guest.of(objects, namespace, container, volumes, pod, true);
        List<Item> ports = container.at("ports").list();
        if (ports.size() > 1) {
            component.note("Of its " + ports.size() + " ports there is one: requests over HTTP come to the host's.");
        }
        ports.stream()
                .filter(port -> port.at("protocol").text().filter("UDP"::equals).isPresent())
                .forEach(port -> component.note("TODO port " + port.at("containerPort").number().orElse(0)
                        + "/UDP has no equivalent: only requests over HTTP come from outside."));
        return component;
    }

    private static void http(Commented workload) {
        workload.note("TODO what else the components import has an entry here, for example wasi:keyvalue.");
        workload.put("hostInterfaces", List.of(new Commented()
                .put("namespace", "wasi")
                .put("package", "http")
                .put("interfaces", List.of("incoming-handler"))));
    }

    private Commented settings(List<Item> containers, List<Item> components) {
        Commented settings = new Commented();
        Resources.add(containers, settings);
        if (!components.isEmpty()) {
            Routes.add(objects, deployment, components.getFirst().at("name").required(), settings);
        }
        Health.add(containers, settings);
        return settings.put("rollout", rollout());
    }

    private Commented rollout() {
        Commented rollout = new Commented();
        Item rolling = deployment.at("spec", "strategy", "rollingUpdate");
        List.of("maxSurge", "maxUnavailable").forEach(key ->
                rolling.at(key).text().ifPresent(_ -> rollout.put(key, rolling.at(key).plain())));
        deployment.at("spec", "progressDeadlineSeconds").number().filter(seconds -> seconds > 0).ifPresent(seconds ->
                rollout.put("progressDeadline", seconds + "s"));
        return rollout;
    }

    /** A Service that leads to hosts: without a selector, since the operator says which these are. */
    static Commented service(Item service) {
        Commented spec = new Commented();
        spec.note("Without a selector: the operator keeps the endpoints, whose port has the name http.");
        List<Item> ports = service.at("spec", "ports").list();
        service.at("spec", "type").text().ifPresent(type -> spec.put("type", type));
        if (ports.size() > 1) {
            spec.note("Left out: " + (ports.size() - 1) + " more ports.");
        }
        ports.stream().findFirst().flatMap(port -> port.at("name").text()).filter(name -> !name.equals("http")).ifPresent(
                name -> spec.note("The port's name was " + name + ": an Ingress that names it has to say http."));
        ports.stream().findFirst().ifPresent(port -> spec.put("ports", List.of(new Commented()
                .put("name", "http")
                .put("port", port.at("port").number().orElse(80)))));
        return new Commented()
                .put("apiVersion", "v1")
                .put("kind", "Service")
                .put("metadata", metadata(service.at("metadata")))
                .put("spec", spec);
    }
}
