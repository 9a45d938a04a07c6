package dev.virga.host.manifest;

import dev.virga.host.shape.Checked.Report;
import dev.virga.host.shape.Overrides;
import dev.virga.host.shape.Quoted;
import dev.virga.host.shape.Size;
import dev.virga.host.shape.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Rules between fields of several records. */
final class WorkloadChecks {

    private static final int LISTED_AT_MOST = 10;

    private WorkloadChecks() {}

    static void check(WorkloadSpec spec, Settings settings, Report inSpec, Report inSettings) {
        List<String> names = spec.components().stream().map(WorkloadComponent::name).toList();
        checkRoutes(settings.ingress().routes(), names, inSettings.at("ingress", "routes"));
        for (int i = 0; i < settings.links().size(); i++) {
            Report link = inSettings.at("links", i);
            settings.links().get(i).component().ifPresent(name -> known(name, names, "component", link, "component"));
        }
        for (int i = 0; i < settings.serves().size(); i++) {
            Report serve = inSettings.at("serves", i);
            settings.serves().get(i).component().ifPresent(name -> known(name, names, "component", serve, "component"));
        }
        if (!settings.serves().isEmpty() && settings.scaleToZero().isPresent()) {
            inSettings.problem("no call from another host wakes the workload; leave this out, or serves", "scaleToZero");
        }
        checkLimits(settings.limits(), inSettings.at("limits"));
        settings.components().forEach((name, own) -> {
            known(name, names, "component", inSettings, "components", name);
            checkLimits(own.limits(), inSettings.at("components", name, "limits"));
        });
        if (spec.service().isEmpty() && !settings.service().equals(Settings.DEFAULT.service())) {
            inSettings.problem("the workload has no service", "service");
        }
        checkPools(spec, settings, inSpec);
    }

    private static void checkRoutes(List<Route> routes, List<String> names, Report report) {
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            Report here = report.at(i);
            route.component().ifPresent(name -> known(name, names, "component", here, "component"));
            for (int j = 0; j < route.upstream().size(); j++) {
                Report upstream = here.at("upstream", j);
                route.upstream().get(j).component().ifPresent(
                        name -> known(name, names, "component", upstream, "component"));
            }
        }
    }

    private static void checkLimits(Overrides<Limits> limits, Report report) {
        Optional<Size> all = limits.value("workloadMemory").map(Size.class::cast);
        Optional<Size> one = limits.value("memory").map(Size.class::cast);
        if (one.isPresent() && all.isPresent() && one.get().compareTo(all.get()) > 0) {
            report.problem(one.get() + " is more than workloadMemory, " + all.get(), "memory");
        }
    }

    private static void checkPools(WorkloadSpec spec, Settings settings, Report report) {
        for (int i = 0; i < spec.components().size(); i++) {
            WorkloadComponent component = spec.components().get(i);
            Optional<Object> most = Optional.ofNullable(settings.components().get(component.name()))
                    .flatMap(own -> own.limits().value("instances"))
                    .or(() -> settings.limits().value("instances"));
            if (most.isPresent() && component.poolSize() > (Integer) most.get()) {
                report.problem(
                        component.poolSize() + " is more than the limit of " + most.get() + " instances",
                        "components", i, "poolSize");
            }
        }
    }

    /** Images may name artifacts in deployments only. */
    static void checkNoArtifacts(WorkloadSpec spec, Kind kind, Report report) {
        eachArtifact(spec, report, (_, at) ->
                at.problem("a " + kind + " has no artifacts; name the image itself, or use a WorkloadDeployment"));
    }

    static void checkArtifacts(WorkloadSpec spec, List<String> known, Report report) {
        eachArtifact(spec, report, (name, at) -> known(name, known, "artifact", at));
    }

    private static void eachArtifact(
            WorkloadSpec spec, Report report, BiConsumer<String, Report> action) {
        for (int i = 0; i < spec.components().size(); i++) {
            Report at = report.at("components", i, "image");
            spec.components().get(i).image().artifact().ifPresent(name -> action.accept(name, at));
        }
        spec.service().flatMap(service -> service.image().artifact())
                .ifPresent(name -> action.accept(name, report.at("service", "image")));
    }

    /** Reports a name that is not among those that it may be. */
    static void known(String name, List<String> known, String what, Report report, Object... path) {
        if (!known.contains(name) && report.isFull()) {
            report.problem("", path);
        } else if (!known.contains(name)) {
            String remedy = Suggestions.question(name, known).orElseGet(() -> others(known));
            report.problem("no " + what + " has the name " + Quoted.of(name) + remedy, path);
        }
    }

    private static String others(List<String> known) {
        if (known.isEmpty()) {
            return "; there is none";
        }
        return known.size() > LISTED_AT_MOST ? "" : "; there is " + String.join(", ", known);
    }

    /** Reports items of a list with something that an earlier one has. */
    static <E> void unique(List<E> items, Function<E, String> key, String what, Report report, String list) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String each = key.apply(items.get(i));
            if (!seen.add(each)) {
                report.problem("the " + what + " " + Quoted.of(each) + " stands here twice", list, i);
            }
        }
    }
}
