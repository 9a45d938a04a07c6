package dev.virga.plugin.nats;

import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobException.Reason;
import dev.virga.plugin.blobstore.BlobWrite;
import io.nats.client.NUID;
import io.nats.client.api.ObjectInfo;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** Chunks under a subject that nobody knows before the object is said to have them. */
final class ObjectWrite implements BlobWrite {

    /** What other programs use. */
    static final int CHUNK = 128 << 10;

    private static final int FIRST = 4 << 10;

    private final ObjectBucket bucket;
    private final String name;
    private final Leftovers leftovers;
    private final String nuid = NUID.nextGlobal();
    private final MessageDigest sha256 = sha256();
    private final int longest;
    private byte[] chunk = new byte[FIRST];
    private int held;
    private int chunks;
    private long size;
    private boolean isOurs = true; // until an object may have them

    ObjectWrite(ObjectBucket bucket, String name, Leftovers leftovers) throws IOException {
        this.bucket = bucket;
        this.name = name;
        this.leftovers = leftovers;
        this.longest = bucket.calls().longest(CHUNK);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            if (held == longest) {
                send();
            }
            int count = Math.min(end - from, longest - held);
            if (held + count > chunk.length) {
                chunk = Arrays.copyOf(chunk, Math.min(longest, Math.max(2 * chunk.length, held + count)));
            }
            System.arraycopy(bytes, from, chunk, held, count);
            held += count;
            from += count;
        }
    }

    private void send() throws IOException {
        byte[] sent = held == chunk.length ? chunk : Arrays.copyOf(chunk, held);
        sha256.update(sent);
        size += held;
        chunks++;
        held = 0;
        bucket.send(nuid, sent);
    }

    @Override
    public void commit() throws IOException {
        if (held > 0) {
            send();
        }
        ObjectInfo info = ObjectInfo.builder(bucket.name(), name)
                .nuid(nuid)
                .size(size)
                .chunks(chunks)
                .chunkSize(longest)
                .digest(StoredObject.digest(sha256.digest()))
                .build();
        isOurs = false;
        Optional<StoredObject> before;
        try {
            before = bucket.replace(info);
        } catch (BlobException e) {
            isOurs = e.reason() != Reason.TIMEOUT; // it may have happened: to purge them could break the object
            throw e;
        }
        leftovers.purge(bucket, before.flatMap(StoredObject::nuid));
    }

    @Override
    public void close() {
        if (isOurs && chunks > 0) {
            isOurs = false;
            leftovers.purge(bucket, Optional.of(nuid));
        }
    }
}
