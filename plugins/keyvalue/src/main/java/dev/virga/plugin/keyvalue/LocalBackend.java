package dev.virga.plugin.keyvalue;

/** Buckets in a {@link LocalStore}. */
final class LocalBackend implements Backend {

    private final Changes changes = new Changes();
    private final LocalStore store;

    /** @param capacity in bytes, of each namespace */
    LocalBackend(LocalFile file, long capacity) {
        this.store = new LocalStore(file, capacity, changes);
    }

    @Override
    public Bucket bucket(String namespace, String name, int most) {
        return new LocalBucket(store, changes, Tables.key(namespace, name, ""), most);
    }

    @Override
    public void close() {
        store.close();
    }
}
