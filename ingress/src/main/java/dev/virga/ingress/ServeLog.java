package dev.virga.ingress;

/** Where the server says what happened, a line at a time, from any thread. */
@FunctionalInterface
public interface ServeLog {
    void line(String line);
}
