package dev.virga.plugin.nats;

import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobException.Reason;
import dev.virga.plugin.blobstore.ContainerId;
import io.nats.client.NUID;
import io.nats.client.PublishOptions;
import io.nats.client.PurgeOptions;
import io.nats.client.api.MessageGetRequest;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.ObjectInfo;
import io.nats.client.api.ObjectStoreConfiguration;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A bucket of the object store: a stream with a message for each chunk and one for what else there is to know of an
 * object, which replaces the one before.
 */
record ObjectBucket(ObjectCalls calls, ContainerId container, String name) {

    private static final int MOST_TRIES = 100;

    ObjectBucket(NatsClient client, ContainerId container, String name) {
        this(new ObjectCalls(client, container, "OBJ_" + name), container, name);
    }

    /** The subjects of what is known of objects. */
    String metadata() {
        return "$O." + name + ".M.>";
    }

    private String metadata(String object) {
        String encoded = Base64.getUrlEncoder().encodeToString(object.getBytes(StandardCharsets.UTF_8));
        return "$O." + name + ".M." + encoded;
    }

    /** The subject of an object's chunks. */
    String chunks(String nuid) {
        return "$O." + name + ".C." + nuid;
    }

    /** Of the object that has this subject; empty if no object has. */
    Optional<String> name(String subject) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(subject.substring(metadata("").length()));
            return Optional.of(new String(bytes, StandardCharsets.UTF_8)).filter(n -> metadata(n).equals(subject));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    void create(StoreSettings store) throws IOException {
        if (calls.info().isPresent()) {
            throw BlobException.containerExists(container);
        }
        calls.create(ObjectStoreConfiguration.builder(name)
                .description("a container of virga, " + NUID.nextGlobal()) // so that of two hosts only one makes it
                .storageType(store.storage())
                .replicas(store.replicas())
                .maxBucketSize(store.maxBytes())
                .build()
                .getBackingConfig());
    }

    Optional<Instant> created() throws IOException {
        return calls.info().map(ObjectCalls.Info::created);
    }

    /** The sequence number of the last message that was written. */
    long require() throws IOException {
        return calls.info().orElseThrow(() -> BlobException.noContainer(container)).lastSequence();
    }

    void delete() throws IOException {
        calls.delete();
    }

    /** Empty if it is not there. */
    Optional<StoredObject> object(String object) throws IOException {
        return last(object).filter(found -> !found.isDeleted());
    }

    private Optional<StoredObject> last(String object) throws IOException {
        return calls.message(MessageGetRequest.lastForSubject(metadata(object)))
                .map(message -> StoredObject.of(object, message.getSeq(), () -> new ObjectInfo(message)));
    }

    /** The first chunk from this sequence on. */
    Optional<MessageInfo> chunk(String nuid, long from) throws IOException {
        return calls.chunk(MessageGetRequest.nextForSubject(from, chunks(nuid)));
    }

    Optional<MessageInfo> lastChunk(String nuid) throws IOException {
        return calls.chunk(MessageGetRequest.lastForSubject(chunks(nuid)));
    }

    void send(String nuid, byte[] chunk) throws IOException {
        calls.publish(chunks(nuid), new Headers(), chunk, PublishOptions.builder().build());
    }

    /** Makes this the object, and returns the one that was there. */
    Optional<StoredObject> replace(ObjectInfo info) throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<StoredObject> before = last(info.getObjectName());
            if (publish(info, before.map(StoredObject::sequence).orElse(0L))) {
                return before;
            }
        }
        throw busy(info.getObjectName());
    }

    private static BlobException busy(String object) {
        return new BlobException(
                Reason.UNAVAILABLE, "others write the object \"" + object + "\" all the time; try again later");
    }

    /** Deletes an object, and returns it; empty if it is not there any more. */
    Optional<StoredObject> remove(StoredObject object) throws IOException {
        Optional<StoredObject> there = Optional.of(object);
        for (int tries = 0; tries < MOST_TRIES && there.isPresent(); tries++) {
            if (isRemoved(there.get())) {
                return there;
            }
            there = object(object.name());
        }
        if (there.isPresent()) {
            throw busy(object.name());
        }
        return there;
    }

    /** False if it was written again meanwhile. */
    private boolean isRemoved(StoredObject object) throws IOException {
        ObjectInfo.Builder deleted = ObjectInfo.builder(name, object.name()).deleted(true);
        object.nuid().ifPresent(deleted::nuid);
        try {
            return publish(deleted.build(), object.sequence());
        } catch (BlobException e) {
            if (e.reason() != Reason.QUOTA) {
                throw e;
            }
            calls.purge(PurgeOptions.builder()
                    .subject(metadata(object.name())).sequence(object.sequence() + 1).build()); // full: it takes no mark
            return true;
        }
    }

    /** False if what is there has another sequence number than this. */
    private boolean publish(ObjectInfo info, long expected) throws IOException {
        return calls.publish(
                metadata(info.getObjectName()), new Headers().put("Nats-Rollup", "sub"), info.serialize(),
                PublishOptions.builder().expectedLastSubjectSequence(expected).build());
    }

    /** Removes the chunks of an object that is there no more. */
    void purge(String nuid) throws IOException {
        calls.purge(PurgeOptions.subject(chunks(nuid)));
    }
}
