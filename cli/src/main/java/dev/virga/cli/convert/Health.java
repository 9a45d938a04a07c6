package dev.virga.cli.convert;

import java.util.List;
import java.util.Optional;

/** A pod's probes as the one health check that a workload has. */
final class Health {

    private static final int PERIOD = 10;
    private static final int TIMEOUT = 1;
    private static final int FAILURES = 3;

    private Health() {}

    /** Of the first container that says how it can be asked whether it is ready. */
    static void add(List<Item> containers, Commented settings) {
        Optional<Item> probe = containers.stream()
                .map(container -> container.at("readinessProbe"))
                .filter(one -> one.at("httpGet").isThere())
                .findFirst()
                .or(() -> containers.stream()
                        .map(container -> container.at("livenessProbe"))
                        .filter(one -> one.at("httpGet").isThere())
                        .findFirst());
        for (Item container : containers) {
            for (String kind : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
                Item other = container.at(kind);
                if (other.isThere() && probe.filter(used -> used.path().equals(other.path())).isEmpty()) {
                    settings.note("The " + kind + " of " + container.at("name").required() + " has no equivalent"
                            + (other.at("httpGet").isThere()
                                    ? ": one check over HTTP says whether a replica can serve."
                                    : ": a check is a request over HTTP."));
                }
            }
        }
        probe.ifPresent(one -> settings.put("health", health(one)));
    }

    private static Commented health(Item probe) {
        Commented health = new Commented();
        String path = probe.at("httpGet", "path").text().orElse("/");
        String clean = path.replaceAll("[?#].*", "");
        if (!clean.equals(path)) {
            health.note("The probe's path was " + path + "; a query cannot stand here.");
        }
        int period = Math.max(1, probe.at("periodSeconds").number().orElse(PERIOD));
        int timeout = Math.clamp(probe.at("timeoutSeconds").number().orElse(TIMEOUT), 1, period);
        return health.put("path", clean.startsWith("/") ? clean : "/" + clean)
                .put("interval", period + "s")
                .put("timeout", timeout + "s")
                .put("failureThreshold", Math.max(1, probe.at("failureThreshold").number().orElse(FAILURES)))
                .put("successThreshold", Math.max(1, probe.at("successThreshold").number().orElse(1)));
    }
}
