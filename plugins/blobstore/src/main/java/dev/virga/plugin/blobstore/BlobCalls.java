package dev.virga.plugin.blobstore;

import java.io.IOException;

/** What can be done with containers without holding one. */
final class BlobCalls {

    private final BlobSession session;

    BlobCalls(BlobSession session) {
        this.session = session;
    }

    void delete(String name) throws IOException {
        ContainerId container = session.container(name);
        session.used("delete-container", container);
        session.backend().delete(container);
    }

    boolean exists(String name) throws IOException {
        ContainerId container = session.container(name);
        session.used("container-exists", container);
        return session.backend().created(container).isPresent();
    }

    void copy(ObjectId from, ObjectId to) throws IOException {
        session.backend().copy(used("copy-object from", from), used("copy-object to", to));
    }

    void move(ObjectId from, ObjectId to) throws IOException {
        session.backend().move(used("move-object from", from), used("move-object to", to));
    }

    private BlobId used(String what, ObjectId object) throws IOException {
        BlobId id = session.object(session.container(object.container()), object.object());
        session.used(what, id);
        return id;
    }
}
