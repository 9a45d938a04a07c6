package dev.virga.plugin.nats;

import dev.virga.plugin.keyvalue.Backend;
import dev.virga.plugin.keyvalue.BackendKind.Opening;
import dev.virga.plugin.keyvalue.Bucket;
import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValueManagement;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Buckets of NATS KV, made when they are first used; shared ones are the operator's to make. */
final class NatsKeyValue implements Backend {

    private final BucketNames names;
    private final StoreSettings store;
    private final NatsClient client;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<BucketWatch> watches = ConcurrentHashMap.newKeySet();
    private final Consumer<String> log;

    NatsKeyValue(Opening opening) {
        this.names = BucketNames.of(opening.settings());
        this.store = StoreSettings.of(opening.settings());
        this.log = opening.log();
        this.client = new NatsClient(opening.name(), opening.settings(), log, _ -> connected());
    }

    private void connected() {
        known.clear();
        watches.forEach(watch -> Thread.ofVirtual().name("keyvalue-watch").start(() -> again(watch)));
    }

    private void again(BucketWatch watch) {
        try {
            watch.again();
        } catch (KeyValueException e) {
            log.accept("a bucket is not watched any more: " + e.getMessage());
        }
    }

    /** @param maker waits for the server */
    AutoCloseable watch(Supplier<NatsKeyValueWatchSubscription> maker) {
        BucketWatch watch = new BucketWatch(maker, watches);
        watches.add(watch);
        return watch;
    }

    @Override
    public Bucket bucket(String namespace, String name, int most) {
        String bucket = names.name(namespace, name).orElseThrow(() -> new KeyValueException(
                Reason.INVALID, "NATS cannot have a bucket of this name: it has other characters than letters, digits, _"
                        + " and -, or more than " + BucketNames.LONGEST));
        return new NatsBucket(this, bucket, most);
    }

    NatsClient client() {
        return client;
    }

    /** Makes the bucket if it is not there. */
    void ensure(Connection connection, String bucket) throws IOException, JetStreamApiException {
        if (known.contains(bucket)) {
            return;
        }
        KeyValueManagement management = connection.keyValueManagement();
        try {
            management.getStatus(bucket);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != Streams.NO_STREAM) {
                throw e;
            }
            if (names.shared()) {
                throw new KeyValueException(Reason.NO_SUCH_STORE, "the NATS server has no bucket of this name");
            }
            make(management, bucket);
        }
        known.add(bucket);
    }

    private void make(KeyValueManagement management, String bucket) throws IOException, JetStreamApiException {
        try {
            management.create(KeyValueConfiguration.builder(bucket)
                    .storageType(store.storage())
                    .replicas(store.replicas())
                    .maxBucketSize(store.maxBytes())
                    .build());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != Streams.NAME_IN_USE) { // another host was quicker
                throw e;
            }
        }
    }

    /** It may be gone. */
    void forget(String bucket) {
        known.remove(bucket);
    }

    @Override
    public void close() {
        client.close();
    }
}
