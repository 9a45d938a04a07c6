package dev.virga.plugin.nats;

import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobException.Reason;
import dev.virga.plugin.blobstore.BlobRead;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Bytes of an object, a chunk at a time. If all are read, they must be those that were written. */
final class ObjectRead extends InputStream {

    /** What is looked for takes longer than to read as much. */
    private static final int NEAR = 2 * ObjectWrite.CHUNK;

    private final ObjectBucket bucket;
    private final StoredObject object;
    private final String nuid;
    private final Optional<MessageDigest> sha256;
    private byte[] chunk = new byte[0];
    private int at;
    private long next = 1;
    private long chunks;
    private long left;

    private ObjectRead(ObjectBucket bucket, StoredObject object, String nuid, long left) {
        this.bucket = bucket;
        this.object = object;
        this.nuid = nuid;
        this.left = left;
        this.chunks = object.chunks();
        this.sha256 = object.sha256().filter(_ -> left == object.size()).map(_ -> ObjectWrite.sha256());
    }

    /** Empty if its chunks are not there: it may be replaced or deleted. */
    static Optional<BlobRead> open(ObjectBucket bucket, StoredObject object, long start, long end)
            throws IOException {
        if (object.isLink()) {
            throw new BlobException(Reason.OTHER,
                    "the object \"" + object.name() + "\" is a link to another, which is not followed");
        }
        if (end < start || start >= object.size()) {
            return Optional.of(new BlobRead(0, InputStream.nullInputStream()));
        }
        String nuid = object.nuid().orElseThrow(() -> object.broken("does not say where its chunks are"));
        long size = Math.min(end, object.size() - 1) - start + 1;
        ObjectRead read = new ObjectRead(bucket, object, nuid, size);
        boolean there = read.goTo(start) && read.nextChunk();
        return Optional.of(new BlobRead(size, read)).filter(_ -> there);
    }

    /** False if there is no such byte. */
    private boolean goTo(long start) throws IOException {
        if (start < NEAR) {
            at = (int) start; // the chunks before are read and left out
            return true;
        }
        Optional<ChunkSearch.Position> found = new ChunkSearch(bucket, object, nuid).find(start);
        if (found.isPresent()) {
            next = found.get().sequence();
            chunks -= found.get().index();
            at = found.get().offset();
        }
        return found.isPresent();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0 || length == 0) {
            return left == 0 ? -1 : 0;
        }
        while (at >= chunk.length) {
            if (!nextChunk()) {
                throw new BlobException(
                        Reason.OTHER, "the object \"" + object.name() + "\" was replaced or deleted meanwhile");
            }
        }
        int count = (int) Math.min(Math.min(length, chunk.length - at), left);
        System.arraycopy(chunk, at, into, offset, count);
        at += count;
        left -= count;
        return count;
    }

    /** False if it is not there. */
    private boolean nextChunk() throws IOException {
        if (chunks == 0) {
            throw object.broken("has fewer bytes than it should have");
        }
        Optional<MessageInfo> found = bucket.chunk(nuid, next);
        if (found.isEmpty()) {
            return false;
        }
        MessageInfo message = found.get();
        if (message.getSeq() < next || !bucket.chunks(nuid).equals(message.getSubject())) {
            throw object.broken("has another chunk than was asked for");
        }
        next = message.getSeq() + 1;
        chunks--;
        at -= chunk.length;
        chunk = Optional.ofNullable(message.getData()).orElseGet(() -> new byte[0]);
        check();
        return true;
    }

    private void check() throws IOException {
        if (sha256.isPresent()) {
            sha256.get().update(chunk);
            boolean last = chunk.length >= left;
            if (last && !MessageDigest.isEqual(sha256.get().digest(), object.sha256().orElseThrow())) {
                throw object.broken("has other bytes than were written");
            }
        }
    }
}
