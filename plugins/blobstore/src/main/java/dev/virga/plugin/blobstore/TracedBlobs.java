package dev.virga.plugin.blobstore;

import dev.virga.plugin.CallSpan;
import dev.virga.plugin.InstanceContext;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A backend whose calls are part of traces, for one instance. What is read of an object later is not. */
record TracedBlobs(BlobBackend backend, InstanceContext instance, String system) implements BlobBackend {

    private interface Call<T> {
        T run() throws IOException;
    }

    private interface Action {
        void run() throws IOException;
    }

    private <T> T traced(String operation, ContainerId container, Call<T> call) throws IOException {
        try (CallSpan span = instance.storing(system, operation, container.name())) {
            return on(span, call);
        }
    }

    private void traced(String operation, ContainerId container, Action action) throws IOException {
        try (CallSpan span = instance.storing(system, operation, container.name())) {
            on(span, action);
        }
    }

    private static void on(CallSpan span, Action action) throws IOException {
        on(span, () -> {
            action.run();
            return null;
        });
    }

    private static <T> T on(CallSpan span, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (BlobException e) {
            span.failed(e.reason().name().toLowerCase(Locale.ROOT));
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            span.failed("other");
            throw e;
        }
    }

    @Override
    public void create(ContainerId container) throws IOException {
        traced("create-container", container, () -> backend.create(container));
    }

    @Override
    public Optional<Instant> created(ContainerId container) throws IOException {
        return traced("container-info", container, () -> backend.created(container));
    }

    @Override
    public void delete(ContainerId container) throws IOException {
        traced("delete-container", container, () -> backend.delete(container));
    }

    @Override
    public void clear(ContainerId container) throws IOException {
        traced("clear", container, () -> backend.clear(container));
    }

    @Override
    public BlobListing list(ContainerId container) throws IOException {
        return traced("list-objects", container, () -> backend.list(container));
    }

    @Override
    public Optional<BlobInfo> info(BlobId object) throws IOException {
        return traced("object-info", object.container(), () -> backend.info(object));
    }

    @Override
    public BlobRead read(BlobId object, long start, long end) throws IOException {
        return traced("get-data", object.container(), () -> backend.read(object, start, end));
    }

    /** Its span lasts until it is closed. */
    @Override
    public BlobWrite write(BlobId object) throws IOException {
        CallSpan span = instance.storing(system, "write-data", object.container().name());
        try {
            return new TracedWrite(on(span, () -> backend.write(object)), span);
        } catch (IOException | RuntimeException | Error e) {
            span.close();
            throw e;
        }
    }

    private record TracedWrite(BlobWrite write, CallSpan span) implements BlobWrite {

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            on(span, () -> write.write(bytes, offset, length));
        }

        @Override
        public void commit() throws IOException {
            on(span, write::commit);
        }

        @Override
        public void close() throws IOException {
            try (span) {
                write.close();
            }
        }
    }

    @Override
    public int writeBuffer() {
        return backend.writeBuffer();
    }

    @Override
    public void delete(ContainerId container, List<String> objects) throws IOException {
        traced("delete-objects", container, () -> backend.delete(container, objects));
    }

    @Override
    public void copy(BlobId from, BlobId to) throws IOException {
        traced("copy-object", to.container(), () -> backend.copy(from, to));
    }

    @Override
    public void move(BlobId from, BlobId to) throws IOException {
        traced("move-object", to.container(), () -> backend.move(from, to));
    }

    /** The backend is the host's. */
    @Override
    public void close() {}
}
