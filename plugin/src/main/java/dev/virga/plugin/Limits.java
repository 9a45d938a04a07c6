package dev.virga.plugin;

/**
 * How much a workload may move through plugins at a time.
 *
 * @param keyBytes of one key, object, container, bucket or subject name, in UTF-8
 * @param valueBytes of one value that is held in memory
 * @param messageBytes of one message's body
 * @param listed how many names one call may list; a cursor tells where to go on
 * @param handles how many open buckets, containers, objects, connections and the like an instance may hold
 */
public record Limits(int keyBytes, int valueBytes, int messageBytes, int listed, int handles) {

    public static final Limits DEFAULT = new Limits(1024, 16 << 20, 1 << 20, 1000, 256);
}
