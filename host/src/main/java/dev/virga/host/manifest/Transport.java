package dev.virga.host.manifest;

/** What carries calls to other hosts. */
public enum Transport {
    NATS("nats");

    private final String text;

    Transport(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
