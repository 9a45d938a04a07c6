package dev.virga.plugin.blobstore;

import dev.virga.component.Result;

/** {@code wasmcloud:blobstore/blobstore}. */
final class AsyncBlobstore {

    private final BlobSession session;
    private final BlobCalls calls;

    AsyncBlobstore(BlobSession session) {
        this.session = session;
        this.calls = new BlobCalls(session);
    }

    public Result<AsyncContainer, BlobError> createContainer(String name) {
        return session.coded(() -> new AsyncContainer(OpenContainer.create(session, name)));
    }

    public Result<AsyncContainer, BlobError> getContainer(String name) {
        return session.coded(() -> new AsyncContainer(OpenContainer.get(session, name)));
    }

    public Result<Void, BlobError> deleteContainer(String name) {
        return session.coded(() -> {
            calls.delete(name);
            return null;
        });
    }

    public Result<Boolean, BlobError> containerExists(String name) {
        return session.coded(() -> calls.exists(name));
    }

    public Result<Void, BlobError> copyObject(ObjectId from, ObjectId to) {
        return session.coded(() -> {
            calls.copy(from, to);
            return null;
        });
    }

    public Result<Void, BlobError> moveObject(ObjectId from, ObjectId to) {
        return session.coded(() -> {
            calls.move(from, to);
            return null;
        });
    }
}
