package dev.virga.ingress;

/**
 * A target and its share of a route's requests.
 *
 * @param weight from 0, which gets none, to 1000; it is seen beside the others' weights
 */
public record WeightedTarget(Target target, int weight) {

    private static final int MAX = 1000;

    public WeightedTarget {
        if (weight < 0 || weight > MAX) {
            throw new IllegalArgumentException(
                    "target " + target.name() + ": a weight is from 0 to " + MAX + ", not " + weight);
        }
    }
}
