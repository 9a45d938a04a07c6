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
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Buckets of NATS KV, made when they are first used; shared ones are the operator's to make. */
final class NatsKeyValue implements Backend {

    private final BucketNames names;
    private final StoreSettings store;
    private final NatsClient client;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    NatsKeyValue(Opening opening) {
        this.names = BucketNames.of(opening.settings());
        this.store = StoreSettings.of(opening.settings());
        this.client = new NatsClient(opening.name(), opening.settings(), opening.log(), _ -> known.clear());
    }

    @Override
    public Bucket bucket(String namespace, String name, int most) {
        String bucket = names.name(namespace, name).orElseThrow(() -> new KeyValueException(
                Reason.INVALID, "NATS cannot have a bucket of this name: it is too long"
                        + (names.shared() ? ", or has other characters than letters, digits, _ and -" : "")));
        return new NatsBucket(this, client, bucket, most);
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
