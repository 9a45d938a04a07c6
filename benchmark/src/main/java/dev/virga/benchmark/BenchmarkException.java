package dev.virga.benchmark;

/** Something cannot be measured; the message says why and what to do. */
public final class BenchmarkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BenchmarkException(String message) {
        super(message);
    }
}
