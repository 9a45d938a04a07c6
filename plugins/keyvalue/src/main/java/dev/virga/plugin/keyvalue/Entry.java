package dev.virga.plugin.keyvalue;

/**
 * A value as it is stored.
 *
 * @param version of no other value, ever
 * @param expires in milliseconds since 1970; 0 for never
 */
record Entry(long version, long expires, byte[] value) {

    /** What an entry costs beside its characters and bytes. */
    private static final int OVERHEAD = 64;

    boolean alive(long now) {
        return expires == 0 || now < expires;
    }

    /** What it is charged with. */
    long cost(String key) {
        return OVERHEAD + 2L * key.length() + value.length;
    }
}
