package dev.virga.plugin.blobstore;

import dev.virga.component.Result;
import dev.virga.component.StreamReader;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** {@code wasmcloud:blobstore/container.container}. Several of its calls may be under way at a time. */
final class AsyncContainer implements AutoCloseable {

    private static final int CHUNK = 64 << 10;

    private final OpenContainer container;
    private final BlobSession session;

    /** Takes it over. */
    AsyncContainer(OpenContainer container) {
        this.container = container;
        this.session = container.session();
    }

    public Result<String, BlobError> name() {
        return Result.ok(container.name());
    }

    public Result<ContainerMetadata, BlobError> info() {
        return session.coded(() -> new ContainerMetadata(container.name(), nanos(container.created())));
    }

    public Result<InputStream, BlobError> getData(String name, long start, long end) {
        return session.coded(() -> container.read(name, start, end));
    }

    public Result<Void, BlobError> writeData(String name, InputStream data) {
        return session.coded(() -> {
            try (data;
                    Upload upload = new Upload(session)) {
                container.write(name, upload);
                byte[] chunk = new byte[CHUNK];
                for (int count = data.read(chunk); count >= 0; count = data.read(chunk)) {
                    upload.write(chunk, count);
                }
                upload.commit();
                return null;
            }
        });
    }

    public Result<StreamReader<String>, BlobError> listObjects() {
        return session.coded(() -> new NameReader(session, container.list()));
    }

    public Result<Void, BlobError> deleteObject(String name) {
        return deleteObjects(List.of(name));
    }

    public Result<Void, BlobError> deleteObjects(List<String> names) {
        return session.coded(() -> {
            container.delete(names);
            return null;
        });
    }

    public Result<Boolean, BlobError> hasObject(String name) {
        return session.coded(() -> container.has(name));
    }

    public Result<ObjectMetadata, BlobError> objectInfo(String name) {
        return session.coded(() -> {
            BlobInfo info = container.info(name);
            return new ObjectMetadata(name, container.name(), nanos(info.created()), info.size());
        });
    }

    public Result<Void, BlobError> clear() {
        return session.coded(() -> {
            container.clear();
            return null;
        });
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    @Override
    public void close() {
        container.close();
    }
}
