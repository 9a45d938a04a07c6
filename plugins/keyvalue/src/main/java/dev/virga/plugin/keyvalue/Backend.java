package dev.virga.plugin.keyvalue;

/** Where buckets are. Used by many threads. */
public interface Backend extends AutoCloseable {

    /**
     * A bucket, which need not have been made before. Two namespaces never get the same one, unless the
     * operator's settings say that the backend is shared. It holds nothing that has to be closed.
     *
     * @param name not empty and without control characters
     * @param most bytes of the values that one call may bring
     * @throws KeyValueException if the backend cannot have a bucket of this name
     */
    Bucket bucket(String namespace, String name, int most);

    @Override
    void close();
}
