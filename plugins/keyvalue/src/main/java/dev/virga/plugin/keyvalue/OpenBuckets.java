package dev.virga.plugin.keyvalue;

import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;

/** The buckets of an instance, opened as one entry of the manifest allows. */
final class OpenBuckets {

    private final KeyValueBinding binding;
    private final InstanceContext instance;
    private final Held held;

    OpenBuckets(KeyValueBinding binding, InstanceContext instance) {
        this.binding = binding;
        this.instance = instance;
        this.held = new Held(instance, binding.grant().limits().handles());
    }

    OpenBucket open(String name) {
        Grant grant = binding.grant();
        if (!binding.allows(name)) {
            instance.refused(grant, "open bucket " + Texts.shown(name), "add it to the entry's setting \"buckets\"");
            throw new KeyValueException(Reason.ACCESS_DENIED, "the workload may not open the bucket " + Texts.shown(name));
        }
        if (!Texts.isBucket(name, grant.limits().keyBytes())) {
            instance.refused(grant, "open bucket " + Texts.shown(name), "a name has 1 to " + grant.limits().keyBytes()
                    + " bytes and no control characters");
            throw new KeyValueException(Reason.NO_SUCH_STORE, "no bucket can have this name: " + Texts.shown(name));
        }
        Bucket bucket = binding.bucket(name);
        Bucket seen = instance.traced() ? new TracedBucket(bucket, instance, binding.system(), name) : bucket;
        OpenBucket open = new OpenBucket(seen, name, grant.limits(), binding.cursors(), held);
        instance.used(grant, "open bucket " + name);
        return open;
    }
}
