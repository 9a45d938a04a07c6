package dev.virga.host;

import dev.virga.ingress.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something that runs, and where its requests come in. The host's lock guards it. */
final class Kept implements AutoCloseable {

    private final Controlled controlled;
    private final RouteTable table;
    private final Instant created = Instant.now();
    private List<Route> routes = List.of();
    private List<String> taken = List.of();
    private Optional<String> problem = Optional.empty();

    Kept(Controlled controlled, RouteTable table) {
        this.controlled = controlled;
        this.table = table;
    }

    Controlled controlled() {
        return controlled;
    }

    /** Makes its routes anew, after its replicas have changed. */
    void route() {
        try {
            routes = table.routes();
            problem = Optional.empty();
        } catch (HostException.Refused e) {
            routes = List.of();
            problem = Optional.of(e.getMessage());
        }
    }

    /** Those of its routes that no older object has; they are added to what is taken. */
    List<Route> take(Set<String> others) {
        List<Route> mine = new ArrayList<>();
        for (Route route : routes) {
            if (others.add(route.toString())) {
                mine.add(route);
            } else {
                problem = Optional.of("the route " + route + " is another workload's");
            }
        }
        taken = mine.stream().map(Route::toString).toList();
        return mine;
    }

    Status status() {
        return StatusReport.of(controlled, controlled.progress(), problem, taken, created);
    }

    @Override
    public void close() {
        controlled.close();
        table.close();
    }
}
