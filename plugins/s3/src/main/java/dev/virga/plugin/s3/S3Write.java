package dev.virga.plugin.s3;

import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobWrite;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** One request if all fits into a part, else one for each part: nothing of it is to be seen before the last. */
final class S3Write implements BlobWrite {

    private static final int MOST_PARTS = 10_000;
    private static final int FIRST = 64 << 10;

    private final S3Calls calls;
    private final String key;
    private final int partBytes;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] part = new byte[FIRST];
    private int held;
    private Optional<String> upload = Optional.empty();

    S3Write(S3Calls calls, String key, int partBytes) {
        this.calls = calls;
        this.key = key;
        this.partBytes = partBytes;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            if (held == partBytes) {
                sendPart();
            }
            int count = Math.min(end - from, partBytes - held);
            if (held + count > part.length) {
                part = Arrays.copyOf(part, Math.min(partBytes, Math.max(2 * part.length, held + count)));
            }
            System.arraycopy(bytes, from, part, held, count);
            held += count;
            from += count;
        }
    }

    private void sendPart() throws IOException {
        if (parts.size() == MOST_PARTS) {
            throw new BlobException(BlobException.Reason.QUOTA, "the object has more than " + MOST_PARTS
                    + " parts of " + partBytes + " bytes; the blob store's operator can make them larger");
        }
        if (upload.isEmpty()) {
            upload = Optional.of(calls.call(client -> client.createMultipartUpload(
                            r -> r.bucket(calls.bucket()).key(key)))
                    .uploadId());
        }
        int number = parts.size() + 1;
        String tag = calls.call(client -> client.uploadPart(
                        r -> r.bucket(calls.bucket()).key(key).uploadId(upload.get()).partNumber(number), body()))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        held = 0;
    }

    /** Those that are held, without another copy of them. */
    private RequestBody body() {
        byte[] bytes = part;
        int count = held;
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes, 0, count), count, "application/octet-stream");
    }

    @Override
    public void commit() throws IOException {
        if (upload.isEmpty()) {
            calls.call(client -> client.putObject(r -> r.bucket(calls.bucket()).key(key), body()));
            return;
        }
        if (held > 0) {
            sendPart();
        }
        calls.call(client -> client.completeMultipartUpload(
                r -> r.bucket(calls.bucket()).key(key).uploadId(upload.get()).multipartUpload(m -> m.parts(parts))));
        upload = Optional.empty();
    }

    @Override
    public void close() throws IOException {
        if (upload.isPresent()) {
            String id = upload.get();
            upload = Optional.empty();
            calls.find(client -> client.abortMultipartUpload(r -> r.bucket(calls.bucket()).key(key).uploadId(id)));
        }
    }
}
