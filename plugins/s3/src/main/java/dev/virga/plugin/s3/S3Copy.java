package dev.virga.plugin.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Copies within the bucket. One request may copy 5 GiB, but less of it is sure to be done in time. */
final class S3Copy {

    private static final long PART = 256 << 20;

    private final S3Calls calls;
    private final long part;

    S3Copy(S3Calls calls) {
        this(calls, PART);
    }

    S3Copy(S3Calls calls, long part) {
        this.calls = calls;
        this.part = part;
    }

    void copy(String from, long size, String to) throws IOException {
        if (size <= part) {
            calls.call(client -> client.copyObject(r -> r.sourceBucket(calls.bucket())
                    .sourceKey(from)
                    .destinationBucket(calls.bucket())
                    .destinationKey(to)));
            return;
        }
        String upload = calls.call(client -> client.createMultipartUpload(r -> r.bucket(calls.bucket()).key(to)))
                .uploadId();
        try {
            List<CompletedPart> parts = parts(from, size, to, upload);
            calls.call(client -> client.completeMultipartUpload(
                    r -> r.bucket(calls.bucket()).key(to).uploadId(upload).multipartUpload(m -> m.parts(parts))));
        } catch (IOException | RuntimeException | Error e) {
            calls.find(client -> client.abortMultipartUpload(r -> r.bucket(calls.bucket()).key(to).uploadId(upload)));
            throw e;
        }
    }

    private List<CompletedPart> parts(String from, long size, String to, String upload) throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        for (long start = 0; start < size; start += part) {
            int number = parts.size() + 1;
            String range = "bytes=" + start + "-" + (Math.min(size, start + part) - 1);
            String tag = calls.call(client -> client.uploadPartCopy(r -> r.sourceBucket(calls.bucket())
                            .sourceKey(from)
                            .copySourceRange(range)
                            .destinationBucket(calls.bucket())
                            .destinationKey(to)
                            .uploadId(upload)
                            .partNumber(number)))
                    .copyPartResult()
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        return parts;
    }
}
