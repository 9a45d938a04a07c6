package dev.virga.plugin.blobstore;

import dev.virga.component.Result;

/** {@code wasi:blobstore/blobstore}. */
final class Blobstore {

    private final BlobSession session;
    private final BlobCalls calls;

    Blobstore(BlobSession session) {
        this.session = session;
        this.calls = new BlobCalls(session);
    }

    public Result<Container, String> createContainer(String name) {
        return session.told(() -> new Container(OpenContainer.create(session, name)));
    }

    public Result<Container, String> getContainer(String name) {
        return session.told(() -> new Container(OpenContainer.get(session, name)));
    }

    public Result<Void, String> deleteContainer(String name) {
        return session.told(() -> {
            calls.delete(name);
            return null;
        });
    }

    public Result<Boolean, String> containerExists(String name) {
        return session.told(() -> calls.exists(name));
    }

    public Result<Void, String> copyObject(ObjectId from, ObjectId to) {
        return session.told(() -> {
            calls.copy(from, to);
            return null;
        });
    }

    public Result<Void, String> moveObject(ObjectId from, ObjectId to) {
        return session.told(() -> {
            calls.move(from, to);
            return null;
        });
    }
}
