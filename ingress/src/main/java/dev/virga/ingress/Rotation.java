package dev.virga.ingress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The targets of a route in an order that gives each its share, spread evenly (smooth weighted round robin). */
final class Rotation {

    private static final int MAX_LENGTH = 10_000;

    private final Target[] order;
    private final AtomicInteger next = new AtomicInteger();

    Rotation(List<WeightedTarget> targets) {
        check(targets);
        int divisor = divisor(targets);
        order = divisor == 0 ? new Target[0] : order(targets, divisor);
    }

    /** @throws IllegalArgumentException if the weights make too long an order */
    static void check(List<WeightedTarget> targets) {
        int divisor = divisor(targets);
        if (divisor > 0 && sum(targets, divisor) > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the weights " + targets.stream().map(WeightedTarget::weight).toList() + " are too fine: use simpler ratios");
        }
    }

    private static int divisor(List<WeightedTarget> targets) {
        int divisor = 0;
        for (WeightedTarget target : targets) {
            divisor = gcd(divisor, target.weight());
        }
        return divisor;
    }

    private static int sum(List<WeightedTarget> targets, int divisor) {
        return targets.stream().mapToInt(t -> t.weight() / divisor).sum();
    }

    /** Each round every target gains its weight; the richest is next and pays the sum. */
    private static Target[] order(List<WeightedTarget> targets, int divisor) {
        int sum = sum(targets, divisor);
        int[] credit = new int[targets.size()];
        List<Target> order = new ArrayList<>(sum);
        for (int i = 0; i < sum; i++) {
            int richest = 0;
            for (int t = 0; t < credit.length; t++) {
                credit[t] += targets.get(t).weight() / divisor;
                richest = credit[t] > credit[richest] ? t : richest;
            }
            credit[richest] -= sum;
            order.add(targets.get(richest).target());
        }
        return order.toArray(Target[]::new);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** The next target that takes requests, which has taken this one; empty if none does. */
    Optional<Target> enter() {
        int first = next.getAndIncrement();
        for (int i = 0; i < order.length; i++) {
            Target target = order[Math.floorMod(first + i, order.length)];
            if (target.enter()) {
                return Optional.of(target);
            }
        }
        return Optional.empty();
    }
}
