package dev.virga.plugin.s3;

import dev.virga.plugin.blobstore.BlobListing;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Keys that begin alike, page by page. */
final class S3Listing implements BlobListing {

    private final S3Calls calls;
    private final String prefix;
    private final Deque<String> page = new ArrayDeque<>();
    private Optional<String> token = Optional.empty();
    private boolean ended;

    S3Listing(S3Calls calls, String prefix) {
        this.calls = calls;
        this.prefix = prefix;
    }

    /** Whether no key is left. */
    boolean isEmpty() throws IOException {
        while (page.isEmpty() && !ended) {
            nextPage();
        }
        return page.isEmpty();
    }

    private void nextPage() throws IOException {
        ListObjectsV2Response response = calls.call(client -> client.listObjectsV2(r -> {
            r.bucket(calls.bucket()).prefix(prefix);
            token.ifPresent(r::continuationToken);
        }));
        for (S3Object object : response.contents()) {
            if (object.key() == null || !object.key().startsWith(prefix)) {
                throw new IOException("the server listed a key that was not asked for");
            }
            page.add(object.key());
        }
        Optional<String> next = Optional.ofNullable(response.nextContinuationToken());
        ended = !Boolean.TRUE.equals(response.isTruncated()) || next.isEmpty();
        if (!ended && next.equals(token)) {
            throw new IOException("the server listed the same page again");
        }
        token = next;
    }

    List<String> keys(int max) throws IOException {
        List<String> keys = new ArrayList<>();
        while (keys.size() < max && !isEmpty()) {
            keys.add(page.remove());
        }
        return keys;
    }

    @Override
    public List<String> next(int max) throws IOException {
        List<String> names = new ArrayList<>();
        while (names.size() < max && !isEmpty()) {
            S3Keys.decode(page.remove().substring(prefix.length())).ifPresent(names::add);
        }
        return names;
    }

    @Override
    public void close() {}
}
