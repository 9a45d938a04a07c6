package dev.virga.plugin.s3;

import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobInfo;
import dev.virga.plugin.blobstore.BlobRead;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Opens objects, and checks what the server says of them. */
final class S3Read {

    private S3Read() {}

    /** Empty if there is no such object. */
    static Optional<BlobRead> open(S3Calls calls, String key, long start, long end) throws IOException {
        if (start == 0 && end == Long.MAX_VALUE) {
            return get(calls, key, Optional.empty());
        }
        Optional<HeadObjectResponse> head = calls.head(key);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        long size = info(head.get()).size();
        if (end < start || start >= size) { // ranges that S3 refuses
            return Optional.of(new BlobRead(0, InputStream.nullInputStream()));
        }
        return get(calls, key, Optional.of("bytes=" + start + "-" + Math.min(end, size - 1)));
    }

    private static Optional<BlobRead> get(S3Calls calls, String key, Optional<String> range) throws IOException {
        Optional<ResponseInputStream<GetObjectResponse>> found = calls.find(client -> client.getObject(r -> {
            r.bucket(calls.bucket()).key(key);
            range.ifPresent(r::range);
        }));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ResponseInputStream<GetObjectResponse> bytes = found.get();
        GetObjectResponse response = bytes.response();
        if (response.contentLength() == null || response.contentLength() < 0) {
            bytes.abort();
            throw new IOException("the server did not say how large the object is");
        }
        if (range.isPresent()
                && (response.contentRange() == null
                        || !response.contentRange().startsWith(range.get().replace('=', ' ') + "/"))) {
            bytes.abort();
            throw new IOException("the server answered with another range than " + range.get());
        }
        return Optional.of(new BlobRead(response.contentLength(), new Body(bytes, response.contentLength())));
    }

    static BlobInfo info(HeadObjectResponse head) throws IOException {
        if (head.contentLength() == null || head.contentLength() < 0 || head.lastModified() == null) {
            throw new IOException("the server did not say how large and how old the object is");
        }
        return new BlobInfo(head.contentLength(), head.lastModified());
    }

    /** An object that was not read to its end is not read to its end only to be closed. */
    private static final class Body extends InputStream {

        private final ResponseInputStream<GetObjectResponse> bytes;
        private long left;

        Body(ResponseInputStream<GetObjectResponse> bytes, long size) {
            this.bytes = bytes;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int count = bytes.read(into, offset, length);
                left -= Math.max(0, count);
                return count;
            } catch (SocketTimeoutException e) {
                throw new BlobException(BlobException.Reason.TIMEOUT, "the blob store stopped in the middle", e);
            } catch (RuntimeException e) {
                throw S3Calls.failed(e);
            }
        }

        @Override
        public void close() throws IOException {
            if (left > 0) {
                bytes.abort();
            } else {
                bytes.close();
            }
        }
    }
}
