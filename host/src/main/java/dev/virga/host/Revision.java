package dev.virga.host;

import dev.virga.ingress.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replicas of one template. */
final class Revision {

    private final int number;
    private final Template template;
    private volatile List<Replica> replicas = List.of();

    Revision(int number, Template template) {
        this.number = number;
        this.template = template;
    }

    int number() {
        return number;
    }

    Template template() {
        return template;
    }

    List<Replica> replicas() {
        return replicas;
    }

    int size() {
        return replicas.size();
    }

    synchronized void add(Replica replica) {
        List<Replica> more = new ArrayList<>(replicas);
        more.add(replica);
        replicas = List.copyOf(more);
    }

    /** The newest one. */
    synchronized Replica remove() {
        Replica last = replicas.getLast();
        replicas = List.copyOf(replicas.subList(0, replicas.size() - 1));
        return last;
    }

    /** A replica's part that answers for a component: of the healthy replicas, if there are any, the next one by turns. */
    Optional<Target> target(String component, int turn) {
        List<Replica> all = replicas;
        Optional<Target> unhealthy = Optional.empty();
        for (int i = 0; i < all.size(); i++) {
            Replica replica = all.get(Math.floorMod(turn + i, all.size()));
            Optional<Target> target = Optional.ofNullable(replica.targets().get(component));
            if (target.isPresent() && replica.isHealthy()) {
                return target;
            }
            unhealthy = unhealthy.or(() -> target);
        }
        return unhealthy;
    }
}
