package dev.virga.wasi.random;

import dev.virga.engine.Trap;
import java.security.SecureRandom;

/** {@code wasi:random/random}: from the system's cryptographic generator. */
public final class Random {

    private static final SecureRandom SECURE = new SecureRandom();

    private final int maxBytes;

    /** @param maxBytes how many bytes one call may ask for */
    public Random(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    public byte[] getRandomBytes(long length) {
        byte[] bytes = allocate(length, maxBytes);
        SECURE.nextBytes(bytes);
        return bytes;
    }

    public long getRandomU64() {
        return SECURE.nextLong();
    }

    /** The interface has no error to tell, so too long a request is a trap (attack class 9). */
    static byte[] allocate(long length, int maxBytes) {
        if (Long.compareUnsigned(length, maxBytes) > 0) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "wasi:random: " + Long.toUnsignedString(length)
                    + " bytes asked for at once; at most " + maxBytes + " are given");
        }
        return new byte[(int) length];
    }
}
