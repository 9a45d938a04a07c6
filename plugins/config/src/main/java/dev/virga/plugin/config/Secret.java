package dev.virga.plugin.config;

/** A guest's handle of a secret. Its value is never printed. */
final class Secret implements AutoCloseable {

    final String key;
    final Values.Value value;
    private final Runnable closed;

    Secret(String key, Values.Value value, Runnable closed) {
        this.key = key;
        this.value = value;
        this.closed = closed;
    }

    @Override
    public void close() {
        closed.run();
    }

    @Override
    public String toString() {
        return "the secret " + key;
    }
}
