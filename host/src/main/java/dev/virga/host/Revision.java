package dev.virga.host;

import java.util.ArrayList;
import java.util.List;

/** Replicas of one template. */
final class Revision {

    private final int number;
    private final Template template;
    private final List<Replica> replicas = new ArrayList<>();

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

    synchronized List<Replica> replicas() {
        return List.copyOf(replicas);
    }

    synchronized int size() {
        return replicas.size();
    }

    synchronized void add(Replica replica) {
        replicas.add(replica);
    }

    /** The newest one. */
    synchronized Replica remove() {
        return replicas.removeLast();
    }
}
