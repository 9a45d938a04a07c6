package dev.virga.plugin.blobstore;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** A container that a guest holds, whatever interface it calls it by. */
final class OpenContainer implements Closeable {

    private final BlobSession session;
    private final ContainerId id;
    private final Lease lease;

    private OpenContainer(BlobSession session, ContainerId id) throws IOException {
        this.session = session;
        this.id = id;
        this.lease = session.lease(0);
    }

    static OpenContainer create(BlobSession session, String name) throws IOException {
        OpenContainer container = new OpenContainer(session, session.container(name));
        try {
            session.used("create-container", container.id);
            session.backend().create(container.id);
            return container;
        } catch (IOException | RuntimeException | Error e) {
            container.close();
            throw e;
        }
    }

    static OpenContainer get(BlobSession session, String name) throws IOException {
        OpenContainer container = new OpenContainer(session, session.container(name));
        try {
            container.created();
            return container;
        } catch (IOException | RuntimeException | Error e) {
            container.close();
            throw e;
        }
    }

    BlobSession session() {
        return session;
    }

    String name() {
        return id.name();
    }

    Instant created() throws IOException {
        session.used("container-info", id);
        return session.backend().created(id).orElseThrow(() -> BlobException.noContainer(id));
    }

    /** @param start of unsigned 64 bits, as {@code end} */
    Download read(String name, long start, long end) throws IOException {
        BlobId object = session.object(id, name);
        session.used("get-data", object);
        return new Download(session, object, signed(start), signed(end));
    }

    /** No object has more than 2^63 bytes. */
    private static long signed(long unsigned) {
        return unsigned < 0 ? Long.MAX_VALUE : unsigned;
    }

    void write(String name, Upload upload) throws IOException {
        BlobId object = session.object(id, name);
        session.used("write-data", object);
        upload.sendTo(session, object);
    }

    Names list() throws IOException {
        session.used("list-objects", id);
        return new Names(session, id);
    }

    void delete(List<String> names) throws IOException {
        int most = session.limits().listed();
        if (names.size() > most) {
            throw session.refused(
                    BlobException.Reason.QUOTA, "more than " + most + " objects to delete with one call");
        }
        for (String name : names) {
            session.used("delete-object", session.object(id, name));
        }
        session.backend().delete(id, names);
    }

    boolean has(String name) throws IOException {
        BlobId object = session.object(id, name);
        session.used("has-object", object);
        return session.backend().info(object).isPresent();
    }

    BlobInfo info(String name) throws IOException {
        BlobId object = session.object(id, name);
        session.used("object-info", object);
        return session.backend().info(object).orElseThrow(() -> BlobException.noObject(object));
    }

    void clear() throws IOException {
        session.used("clear", id);
        session.backend().clear(id);
    }

    @Override
    public void close() {
        session.close(lease);
    }
}
