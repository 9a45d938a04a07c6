package dev.virga.host.manifest;

/** How a deployment replaces its replicas. */
public enum DeployPolicy {
    /** New ones start before old ones stop. */
    ROLLING_UPDATE("RollingUpdate"),
    /** Old ones stop before new ones start. */
    RECREATE("Recreate");

    private final String text;

    DeployPolicy(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
