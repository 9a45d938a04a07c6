package dev.virga.plugin.s3;

import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Calls of the server, whose failures become those of a blob store. */
final class S3Calls implements AutoCloseable {

    interface Call<T> {
        T on(S3Client client);
    }

    private final S3Client client;
    private final String bucket;

    S3Calls(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    String bucket() {
        return bucket;
    }

    <T> T call(Call<T> call) throws IOException {
        try {
            return call.on(client);
        } catch (S3Exception e) {
            throw answered(e);
        } catch (RuntimeException e) { // also what the client does not expect of an answer
            throw failed(e);
        }
    }

    /** As {@link #call}, with nothing if what it is about is not there. */
    <T> Optional<T> find(Call<T> call) throws IOException {
        try {
            return Optional.of(call(call));
        } catch (BlobException e) {
            if (e.reason() == Reason.NO_SUCH_OBJECT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    Optional<HeadObjectResponse> head(String key) throws IOException {
        return find(client -> client.headObject(r -> r.bucket(bucket).key(key)));
    }

    private IOException answered(S3Exception e) {
        String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
        int status = e.statusCode();
        if ("NoSuchBucket".equals(code)) {
            return new IOException("there is no bucket \"" + bucket + "\"", e); // for the operator
        }
        return switch (status) {
            case 404 -> new BlobException(Reason.NO_SUCH_OBJECT, "there is no such object", e);
            case 401, 403 -> new IOException("access to the bucket \"" + bucket + "\" was refused: " + code, e);
            case 408 -> new BlobException(Reason.TIMEOUT, "the blob store took too long", e);
            case 429, 500, 502, 503, 504 ->
                new BlobException(Reason.UNAVAILABLE, "the blob store cannot serve now; try again later", e);
            case 507 -> new BlobException(Reason.QUOTA, "the blob store is full", e);
            default -> new IOException("the server answered " + status + " " + code, e);
        };
    }

    /** What becomes of a failure that is no answer. */
    static IOException failed(RuntimeException e) {
        if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            return interrupted;
        }
        // whichever of the timeouts comes first, that of the call or that of its socket
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException
                || e.getCause() instanceof InterruptedIOException) {
            return new BlobException(Reason.TIMEOUT, "the blob store did not answer in time", e);
        }
        if (e instanceof SdkClientException) {
            return new BlobException(Reason.UNAVAILABLE, "the blob store cannot be reached; try again later", e);
        }
        return new IOException("the server's answer is none of S3", e);
    }

    @Override
    public void close() {
        client.close();
    }
}
