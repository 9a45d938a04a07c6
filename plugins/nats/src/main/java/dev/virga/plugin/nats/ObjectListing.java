package dev.virga.plugin.nats;

import dev.virga.plugin.blobstore.BlobListing;
import java.io.IOException;
import java.util.List;

/** Names, in the order in which the objects were written. */
record ObjectListing(ObjectScan objects) implements BlobListing {

    @Override
    public List<String> next(int max) throws IOException {
        return objects.next(max).stream().map(StoredObject::name).toList();
    }

    @Override
    public void close() {}
}
