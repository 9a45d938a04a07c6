package dev.virga.plugin.nats;

import dev.virga.plugin.blobstore.BlobInfo;
import io.nats.client.api.ObjectInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the server has of an object beside its chunks. Other programs may have written it.
 *
 * @param name as its subject says
 * @param sequence of this in the stream
 * @param chunkSize the most that a chunk has; not positive if that is not known
 * @param nuid the last part of its chunks' subject; empty if there is none, or nothing that may be part of one
 * @param isBroken whether it is not what it should be; then only the name and the sequence are known
 */
record StoredObject(
        String name, long sequence, long size, long chunks, int chunkSize, Instant written, Optional<String> nuid,
        Optional<byte[]> sha256, boolean isDeleted, boolean isLink, boolean isBroken) {

    private static final String DIGEST = "SHA-256=";

    /** @param info fails with any exception if there is none */
    static StoredObject of(String name, long sequence, Supplier<ObjectInfo> info) {
        try {
            return of(name, sequence, info.get());
        } catch (RuntimeException | StackOverflowError _) { // jnats's parser goes as deep as what it reads
            return new StoredObject(
                    name, sequence, 0, 0, 0, Instant.EPOCH, Optional.empty(), Optional.empty(), false, false, true);
        }
    }

    private static StoredObject of(String name, long sequence, ObjectInfo info) {
        if (info.getObjectName() == null || info.getSize() < 0 || info.getChunks() < 0) {
            throw new IllegalArgumentException("not an object's");
        }
        return new StoredObject(
                name, sequence, info.getSize(), info.getChunks(),
                info.getObjectMeta().getObjectMetaOptions().getChunkSize(), info.getModified().toInstant(),
                Optional.ofNullable(info.getNuid()).filter(nuid -> nuid.matches("[A-Za-z0-9_-]{1,64}")),
                Optional.ofNullable(info.getDigest())
                        .filter(digest -> digest.startsWith(DIGEST))
                        .map(digest -> Base64.getUrlDecoder().decode(digest.substring(DIGEST.length()))),
                info.isDeleted(), info.isLink(), false);
    }

    static String digest(byte[] sha256) {
        return DIGEST + Base64.getUrlEncoder().encodeToString(sha256);
    }

    /** @throws IOException if it is broken */
    StoredObject whole() throws IOException {
        if (isBroken) {
            throw broken("has no proper metadata");
        }
        return this;
    }

    IOException broken(String how) {
        return new IOException("the object \"" + name + "\" on the NATS server is broken: it " + how);
    }

    BlobInfo info() {
        return new BlobInfo(size, written);
    }
}
