package dev.virga.plugin.blobstore;

import dev.virga.component.Result;
import java.util.List;

/** {@code wasi:blobstore/container.container}. */
final class Container implements AutoCloseable {

    private final OpenContainer container;
    private final BlobSession session;

    /** Takes it over. */
    Container(OpenContainer container) {
        this.container = container;
        this.session = container.session();
    }

    public Result<String, String> name() {
        return Result.ok(container.name());
    }

    public Result<ContainerMetadata, String> info() {
        return session.told(() -> new ContainerMetadata(container.name(), container.created().getEpochSecond()));
    }

    public Result<IncomingValue, String> getData(String name, long start, long end) {
        return session.told(() -> new IncomingValue(session, container.read(name, start, end)));
    }

    public Result<Void, String> writeData(String name, OutgoingValue data) {
        return session.told(() -> {
            data.sendTo(container, name);
            return null;
        });
    }

    public Result<ObjectNames, String> listObjects() {
        return session.told(() -> new ObjectNames(session, container.list()));
    }

    public Result<Void, String> deleteObject(String name) {
        return deleteObjects(List.of(name));
    }

    public Result<Void, String> deleteObjects(List<String> names) {
        return session.told(() -> {
            container.delete(names);
            return null;
        });
    }

    public Result<Boolean, String> hasObject(String name) {
        return session.told(() -> container.has(name));
    }

    public Result<ObjectMetadata, String> objectInfo(String name) {
        return session.told(() -> {
            BlobInfo info = container.info(name);
            return new ObjectMetadata(name, container.name(), info.created().getEpochSecond(), info.size());
        });
    }

    public Result<Void, String> clear() {
        return session.told(() -> {
            container.clear();
            return null;
        });
    }

    @Override
    public void close() {
        container.close();
    }
}
