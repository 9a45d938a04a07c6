package dev.virga.host;

import dev.virga.host.workload.WorkloadState;
import dev.virga.ingress.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Something that runs, and where its requests come in. The host's lock guards it. */
final class Kept implements AutoCloseable {

    private final Controlled controlled;
    private final RouteTable table;
    private final Instant created = Instant.now();
    private final Optional<String> tenant;
    private List<RouteTable.Made> routes = List.of();
    private volatile List<String> taken = List.of();
    private volatile Optional<String> refused = Optional.empty();
    private volatile Optional<String> conflict = Optional.empty();

    /** @param tenant whose others may answer the same routes too; if it is empty, nobody's */
    Kept(Controlled controlled, RouteTable table, Optional<String> tenant) {
        this.controlled = controlled;
        this.table = table;
        this.tenant = tenant;
    }

    Controlled controlled() {
        return controlled;
    }

    /** Makes its routes anew, after its replicas have changed. False if they are as they were. */
    boolean route() {
        List<RouteTable.Made> before = routes;
        try {
            routes = table.routes();
            refused = Optional.empty();
        } catch (HostException.Refused e) {
            routes = List.of();
            refused = Optional.of(e.getMessage());
        }
        return !routes.equals(before);
    }

    /** Adds its routes to those of all. */
    void take(RouteSet all) {
        List<String> mine = new ArrayList<>();
        Optional<String> lost = Optional.empty();
        for (RouteTable.Made made : routes) {
            Route route = made.route();
            if (all.add(new RouteSet.Wanted(route, made.answered(), tenant))) {
                mine.add(route.toString());
            } else {
                lost = Optional.of("the route " + route + " is another workload's");
            }
        }
        taken = mine;
        conflict = lost;
    }

    /** How its one replica fares, for the scheduler that has placed it. */
    PlacementStatus placement() {
        WorkloadState state = problem().isPresent() ? WorkloadState.ERROR : controlled.state().progress().state();
        String message = status().message();
        boolean unsaid = state == WorkloadState.ERROR && message.isEmpty();
        return new PlacementStatus(state, unsaid ? "it does not answer its health check" : message);
    }

    private Optional<String> problem() {
        return refused.or(() -> conflict);
    }

    Status status() {
        return StatusReport.of(controlled, controlled.state().progress(), problem(), taken, created);
    }

    @Override
    public void close() {
        try (table) {
            controlled.close();
        }
    }
}
