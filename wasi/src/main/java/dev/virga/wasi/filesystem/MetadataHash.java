package dev.virga.wasi.filesystem;

import java.util.concurrent.ThreadLocalRandom;

/** {@code wasi:filesystem/types.metadata-hash-value}. */
public record MetadataHash(long lower, long upper) {

    private static final long SECRET = ThreadLocalRandom.current().nextLong();

    /**
     * Of a file's identity alone, since guests use it as inode number. The secret keeps the host's
     * own numbers from guests.
     */
    static MetadataHash of(Attributes attributes) {
        long key = attributes.key().hashCode();
        long number = attributes.inode();
        return new MetadataHash(mix(mix(SECRET ^ number) + key), mix(mix(~SECRET ^ number) + key));
    }

    /** The finishing step of SplitMix64: a bijection that spreads every bit. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
