package dev.virga.operator.placement;

/**
 * How the replicas of a set are divided among groups of hosts.
 *
 * @param key the hosts with the same value of this label are a group; {@link #HOST} makes each host one
 * @param maxSkew by how many replicas the fullest group may exceed the emptiest; at least 1
 * @param required or else only preferred
 */
public record Spread(String key, int maxSkew, boolean required) {

    public static final String HOST = "kubernetes.io/hostname";
    public static final String ZONE = "topology.kubernetes.io/zone";

    /** @throws IllegalArgumentException if {@code maxSkew} is less than 1 */
    public Spread {
        if (maxSkew < 1) {
            throw new IllegalArgumentException("maxSkew must be at least 1, not " + maxSkew);
        }
    }

    public static Spread preferred(String key) {
        return new Spread(key, 1, false);
    }

    /** Hosts without the label are a group together. */
    String group(HostView host) {
        return switch (key) {
            case HOST -> host.id();
            case ZONE -> host.zone().orElse("");
            default -> host.labels().getOrDefault(key, "");
        };
    }
}
