package dev.virga.plugin.nats;

import dev.virga.plugin.blobstore.BlobBackend;
import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobException.Reason;
import dev.virga.plugin.blobstore.BlobId;
import dev.virga.plugin.blobstore.BlobInfo;
import dev.virga.plugin.blobstore.BlobListing;
import dev.virga.plugin.blobstore.BlobRead;
import dev.virga.plugin.blobstore.BlobWrite;
import dev.virga.plugin.blobstore.ContainerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * NATS's object store: a bucket for each container. Objects are in its documented layout, so that other programs read
 * and write them too.
 */
final class NatsBlobs implements BlobBackend {

    /** A longer name makes subjects for which the server ends the connection. */
    private static final int LONGEST_NAME = 1024;

    private final BucketNames names;
    private final StoreSettings store;
    private final NatsClient client;
    private final Leftovers leftovers = new Leftovers();

    /** Takes the client over. */
    NatsBlobs(BucketNames names, StoreSettings store, NatsClient client) {
        this.names = names;
        this.store = store;
        this.client = client;
    }

    private ObjectBucket bucket(ContainerId container) throws BlobException {
        String name = names.name(container.namespace(), container.name()).orElseThrow(() -> new BlobException(
                Reason.DENIED, "NATS cannot have a bucket of this name: it has other characters than letters, digits,"
                        + " _ and -, or more than " + BucketNames.LONGEST));
        return new ObjectBucket(client, container, name);
    }

    private static void check(String object) throws BlobException {
        if (object.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new BlobException(
                    Reason.DENIED, "the name of an object on NATS has at most " + LONGEST_NAME + " bytes");
        }
    }

    @Override
    public void create(ContainerId container) throws IOException {
        bucket(container).create(store);
    }

    @Override
    public Optional<Instant> created(ContainerId container) throws IOException {
        return bucket(container).created();
    }

    @Override
    public void delete(ContainerId container) throws IOException {
        bucket(container).delete();
    }

    @Override
    public void clear(ContainerId container) throws IOException {
        ObjectBucket bucket = bucket(container);
        long last = bucket.require();
        ObjectScan objects = new ObjectScan(bucket);
        for (List<StoredObject> some = objects.next(ObjectScan.PAGE);
                !some.isEmpty() && some.getFirst().sequence() <= last;
                some = objects.next(ObjectScan.PAGE)) {
            for (StoredObject object : some) {
                remove(bucket, object);
            }
        }
    }

    @Override
    public BlobListing list(ContainerId container) throws IOException {
        ObjectBucket bucket = bucket(container);
        bucket.require();
        return new ObjectListing(new ObjectScan(bucket));
    }

    @Override
    public Optional<BlobInfo> info(BlobId object) throws IOException {
        check(object.name());
        Optional<StoredObject> found = bucket(object.container()).object(object.name());
        return found.isPresent() ? Optional.of(found.get().whole().info()) : Optional.empty();
    }

    @Override
    public BlobRead read(BlobId object, long start, long end) throws IOException {
        check(object.name());
        ObjectBucket bucket = bucket(object.container());
        long before = 0;
        while (true) {
            StoredObject found = bucket.object(object.name()).orElseThrow(() -> BlobException.noObject(object)).whole();
            Optional<BlobRead> read = ObjectRead.open(bucket, found, start, end);
            if (read.isPresent()) {
                return read.get();
            }
            if (found.sequence() == before) {
                throw found.broken("has no chunks");
            }
            before = found.sequence(); // replaced just now
        }
    }

    @Override
    public BlobWrite write(BlobId object) throws IOException {
        check(object.name());
        ObjectBucket bucket = bucket(object.container());
        bucket.require();
        leftovers.purge();
        return new ObjectWrite(bucket, object.name(), leftovers);
    }

    @Override
    public int writeBuffer() {
        return 2 * ObjectWrite.CHUNK; // one that is filled, and what jnats holds of it while it is sent
    }

    @Override
    public void delete(ContainerId container, List<String> objects) throws IOException {
        ObjectBucket bucket = bucket(container);
        bucket.require();
        for (String object : objects) {
            check(object);
            Optional<StoredObject> found = bucket.object(object);
            if (found.isPresent()) {
                remove(bucket, found.get());
            }
        }
    }

    private void remove(ObjectBucket bucket, StoredObject object) throws IOException {
        bucket.remove(object).ifPresent(removed -> leftovers.purge(bucket, removed.nuid()));
    }

    @Override
    public void copy(BlobId from, BlobId to) throws IOException {
        check(to.name());
        try (BlobRead read = read(from, 0, Long.MAX_VALUE)) {
            if (from.equals(to)) {
                return;
            }
            try (BlobWrite write = write(to)) {
                byte[] some = new byte[ObjectWrite.CHUNK];
                for (int count = read.bytes().read(some); count >= 0; count = read.bytes().read(some)) {
                    write.write(some, 0, count);
                }
                write.commit();
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
