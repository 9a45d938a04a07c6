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
    private List<String> names = List.of();
    private List<String> taken = List.of();
    private Optional<String> refused = Optional.empty();
    private Optional<String> conflict = Optional.empty();

    Kept(Controlled controlled, RouteTable table) {
        this.controlled = controlled;
        this.table = table;
    }

    Controlled controlled() {
        return controlled;
    }

    /** Makes its routes anew, after its replicas have changed; whether they are others now. */
    boolean route() {
        List<Route> before = routes;
        try {
            routes = table.routes();
            refused = Optional.empty();
        } catch (HostException.Refused e) {
            routes = List.of();
            refused = Optional.of(e.getMessage());
        }
        if (routes.equals(before)) {
            return false;
        }
        names = routes.stream().map(Route::toString).toList();
        return true;
    }

    /** Those of its routes that no older object has; they are added to what is taken. */
    List<Route> take(Set<String> others) {
        List<Route> mine = new ArrayList<>(names.size());
        List<String> namesOfMine = new ArrayList<>(names.size());
        conflict = Optional.empty();
        for (int i = 0; i < names.size(); i++) {
            if (others.add(names.get(i))) {
                mine.add(routes.get(i));
                namesOfMine.add(names.get(i));
            } else {
                conflict = Optional.of("the route " + names.get(i) + " is another workload's");
            }
        }
        taken = namesOfMine;
        return mine;
    }

    Status status() {
        return StatusReport.of(controlled, controlled.progress(), refused.or(() -> conflict), taken, created);
    }

    @Override
    public void close() {
        controlled.close();
        table.close();
    }
}
