package dev.virga.cli.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which requests come to a workload, by the Ingresses that lead to its Services. */
final class Routes {

    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9_~%-][A-Za-z0-9._~%-]*)+");

    private Routes() {}

    static void add(Objects objects, Item deployment, String component, Commented settings) {
        List<String> services = objects.servicesOf(deployment).stream().map(Objects::name).toList();
        Map<String, Commented> routes = new LinkedHashMap<>();
        for (Item ingress : objects.ingresses()) {
            if (Objects.namespace(ingress).equals(Objects.namespace(deployment))) {
                for (Item rule : ingress.at("spec", "rules").list()) {
                    rule.at("http", "paths").list().stream()
                            .filter(path -> path.at("backend", "service", "name")
                                    .text()
                                    .filter(services::contains)
                                    .isPresent())
                            .forEach(path -> add(rule.at("host").text().orElse("*"), path, component, routes));
                }
            }
        }
        settings.put("ingress", new Commented().put("routes", List.copyOf(routes.values())));
        if (routes.isEmpty() && services.isEmpty()) {
            settings.note("TODO no Service and no Ingress lead here. Without a route, requests come for the host "
                    + Objects.name(deployment) + ".localhost; others stand in ingress.routes.");
        }
    }

    /** What leads to the same place twice is left out. */
    private static void add(String host, Item path, String component, Map<String, Commented> routes) {
        String whole = path.at("path").text().orElse("/");
        Matcher plain = PLAIN.matcher(whole);
        String prefix = plain.lookingAt() ? plain.group() : "/";
        Commented route = new Commented();
        if (path.at("pathType").text().filter("Exact"::equals).isPresent()) {
            route.note("It was this path alone; here it is what is below it too.");
        }
        if (!prefix.equals(whole)) {
            route.note("TODO the path was " + whole + ", and is the beginning of paths here.");
        }
        routes.putIfAbsent(
                host + " " + prefix, route.put("host", host).put("path", prefix).put("component", component));
    }
}
