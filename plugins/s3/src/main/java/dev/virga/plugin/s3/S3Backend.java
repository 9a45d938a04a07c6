package dev.virga.plugin.s3;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** One bucket for all containers, as {@link S3Keys} says. */
final class S3Backend implements BlobBackend {

    /** What one call deletes at most. */
    private static final int BATCH = 1000;

    private final S3Calls calls;
    private final S3Keys keys;
    private final S3Copy copy;
    private final int partBytes;

    /** Takes the calls over. */
    S3Backend(S3Settings settings, S3Calls calls) {
        this.calls = calls;
        this.keys = new S3Keys(settings.prefix());
        this.partBytes = settings.partBytes();
        this.copy = new S3Copy(calls);
    }

    @Override
    public void create(ContainerId container) throws IOException {
        String marker = keys.marker(container);
        if (calls.head(marker).isPresent()) {
            throw BlobException.containerExists(container);
        }
        deleteObjects(container); // what was written while one of this name was being deleted
        calls.call(client -> client.putObject(r -> r.bucket(calls.bucket()).key(marker), RequestBody.empty()));
    }

    @Override
    public Optional<Instant> created(ContainerId container) throws IOException {
        Optional<HeadObjectResponse> marker = calls.head(keys.marker(container));
        return marker.isPresent() ? Optional.of(S3Read.info(marker.get()).created()) : Optional.empty();
    }

    /** The container goes last, so that what was interrupted can be done again. */
    @Override
    public void delete(ContainerId container) throws IOException {
        String marker = keys.marker(container);
        if (calls.head(marker).isPresent()) {
            deleteObjects(container);
            calls.call(client -> client.deleteObject(r -> r.bucket(calls.bucket()).key(marker)));
        }
    }

    @Override
    public void clear(ContainerId container) throws IOException {
        require(container);
        deleteObjects(container);
    }

    private void deleteObjects(ContainerId container) throws IOException {
        try (S3Listing listing = new S3Listing(calls, keys.objects(container))) {
            for (List<String> some = listing.keys(BATCH); !some.isEmpty(); some = listing.keys(BATCH)) {
                deleteKeys(some);
            }
        }
    }

    private void deleteKeys(List<String> some) throws IOException {
        List<ObjectIdentifier> objects =
                some.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
        DeleteObjectsResponse response = calls.call(client -> client.deleteObjects(
                r -> r.bucket(calls.bucket()).delete(d -> d.quiet(true).objects(objects))));
        if (response.hasErrors()) {
            throw new IOException("an object could not be deleted: " + response.errors().getFirst().code());
        }
    }

    @Override
    public BlobListing list(ContainerId container) throws IOException {
        S3Listing listing = new S3Listing(calls, keys.objects(container));
        if (listing.isEmpty()) {
            require(container);
        }
        return listing;
    }

    @Override
    public Optional<BlobInfo> info(BlobId object) throws IOException {
        Optional<HeadObjectResponse> head = calls.head(keys.object(object));
        if (head.isEmpty()) {
            require(object.container());
            return Optional.empty();
        }
        return Optional.of(S3Read.info(head.get()));
    }

    @Override
    public BlobRead read(BlobId object, long start, long end) throws IOException {
        Optional<BlobRead> read = S3Read.open(calls, keys.object(object), start, end);
        if (read.isEmpty()) {
            require(object.container());
            throw BlobException.noObject(object);
        }
        return read.get();
    }

    @Override
    public BlobWrite write(BlobId object) throws IOException {
        String key = keys.object(object);
        require(object.container());
        return new S3Write(calls, key, partBytes);
    }

    @Override
    public int writeBuffer() {
        return partBytes;
    }

    @Override
    public void delete(ContainerId container, List<String> objects) throws IOException {
        require(container);
        List<String> some = new ArrayList<>();
        for (String object : objects) {
            some.add(keys.object(new BlobId(container, object)));
            if (some.size() == BATCH) {
                deleteKeys(some);
                some.clear();
            }
        }
        if (!some.isEmpty()) {
            deleteKeys(some);
        }
    }

    @Override
    public void copy(BlobId from, BlobId to) throws IOException {
        String source = keys.object(from);
        String target = keys.object(to);
        BlobInfo info = info(from).orElseThrow(() -> BlobException.noObject(from));
        require(to.container());
        if (from.equals(to)) {
            return; // which S3 would refuse
        }
        try {
            copy.copy(source, info.size(), target);
        } catch (BlobException e) {
            throw e.reason() == Reason.NO_SUCH_OBJECT ? BlobException.noObject(from) : e; // deleted meanwhile
        }
    }

    private void require(ContainerId container) throws IOException {
        if (created(container).isEmpty()) {
            throw BlobException.noContainer(container);
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
