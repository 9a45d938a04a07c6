package dev.virga.wasi.random;

import java.util.concurrent.ThreadLocalRandom;

/** {@code wasi:random/insecure}: fast, and not for secrets. */
public final class Insecure {

    private final int maxBytes;

    /** @param maxBytes how many bytes one call may ask for */
    public Insecure(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    public byte[] getInsecureRandomBytes(long length) {
        byte[] bytes = Random.allocate(length, maxBytes);
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    public long getInsecureRandomU64() {
        return ThreadLocalRandom.current().nextLong();
    }
}
