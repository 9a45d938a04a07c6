package dev.virga.component.compose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The order in which nodes can be instantiated: each behind those that meet its imports. */
final class Order {

    private final List<Node> done = new ArrayList<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    /** From the root to where the search is: each node with the import that leads on. */
    private final List<Step> path = new ArrayList<>();

    private record Step(Node node, String importName) {}

    private Order() {}

    /** @throws dev.virga.component.ComponentException.Link if nodes wait for each other */
    static List<Node> of(List<Node> nodes) {
        Order order = new Order();
        nodes.forEach(node -> order.visit(node, nodes.getFirst().part()));
        return order.done;
    }

    private void visit(Node node, Part root) {
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i).node() == node) {
                throw Problems.refusal(root, List.of(cycle(path.subList(i, path.size()))));
            }
        }
        if (!seen.add(node)) {
            return;
        }
        for (String name : node.met()) {
            path.add(new Step(node, name));
            visit(node.source(name).orElseThrow().node(), root);
            path.removeLast();
        }
        done.add(node);
    }

    private static String cycle(List<Step> steps) {
        StringBuilder text = new StringBuilder(steps.getFirst().node().toString());
        String separator = " needs \"";
        for (Step step : steps) {
            Node next = step.node().source(step.importName()).orElseThrow().node();
            text.append(separator).append(step.importName()).append("\" of ").append(next);
            separator = ", which needs \"";
        }
        return text + ": neither can be instantiated before the other; leave one of these imports unmet, or meet it"
                + " with another component";
    }
}
