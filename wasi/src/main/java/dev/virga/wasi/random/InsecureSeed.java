package dev.virga.wasi.random;

import java.util.concurrent.ThreadLocalRandom;

/** {@code wasi:random/insecure-seed}: against hash flooding; the same at every call of an instance. */
public final class InsecureSeed {

    /** 128 bits. */
    public record Seed(long first, long second) {}

    private final Seed seed =
            new Seed(ThreadLocalRandom.current().nextLong(), ThreadLocalRandom.current().nextLong());

    public Seed insecureSeed() {
        return seed;
    }
}
