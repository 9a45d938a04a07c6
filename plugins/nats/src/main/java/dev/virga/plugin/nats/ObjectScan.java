package dev.virga.plugin.nats;

import io.nats.client.Message;
import io.nats.client.api.ObjectInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through a bucket's objects. One that is written again meanwhile comes again, later. */
final class ObjectScan {

    /** How many are looked at at a time. */
    static final int PAGE = 256;

    private final ObjectBucket bucket;
    private long from = 1;
    private boolean ended;

    ObjectScan(ObjectBucket bucket) {
        this.bucket = bucket;
    }

    /** The next ones, and none if there are no more. */
    List<StoredObject> next(int max) throws IOException {
        List<StoredObject> objects = new ArrayList<>();
        if (!ended && max > 0) {
            ended = !bucket.calls().scan(
                    bucket.metadata(), new StreamScan(from, Math.min(max, PAGE), false), message -> {
                        from = message.metaData().streamSequence() + 1;
                        object(message).ifPresent(objects::add);
                        return objects.size() < max;
                    });
        }
        return objects;
    }

    /** Empty for what is deleted, and where no object has the subject. */
    private Optional<StoredObject> object(Message message) {
        return bucket.name(message.getSubject())
                .map(name -> StoredObject.of(
                        name, message.metaData().streamSequence(), () -> new ObjectInfo(message)))
                .filter(object -> !object.isDeleted());
    }
}
