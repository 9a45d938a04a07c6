package dev.virga.host;

import dev.virga.ingress.Route;
import dev.virga.ingress.WeightedTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of all that runs. */
final class RouteSet {

    /**
     * A route that an object wants.
     *
     * @param answered whether there is anybody behind it just now
     * @param tenant who may have the same route and answer it too
     */
    record Wanted(Route route, boolean answered, Optional<String> tenant) {}

    private final Map<String, Wanted> taken = new LinkedHashMap<>();

    /** False if it is another's already. Of one tenant's equal routes those that are answered are answered in turn. */
    boolean add(Wanted wanted) {
        String key = wanted.route().toString();
        Wanted other = taken.putIfAbsent(key, wanted);
        if (other == null) {
            return true;
        }
        if (wanted.tenant().isEmpty() || !wanted.tenant().equals(other.tenant())) {
            return false;
        }
        if (wanted.answered()) {
            try {
                taken.put(key, other.answered() ? shared(other, wanted) : wanted);
            } catch (IllegalArgumentException e) {
                return false; // the weights of both do not go together
            }
        }
        return true;
    }

    private static Wanted shared(Wanted first, Wanted second) {
        List<WeightedTarget> targets = new ArrayList<>(first.route().targets());
        targets.addAll(second.route().targets());
        Route route = first.route();
        return new Wanted(new Route(route.host(), route.path(), targets, route.admission()), true, first.tenant());
    }

    List<Route> routes() {
        return taken.values().stream().map(Wanted::route).toList();
    }
}
